// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import machine.core.slot.SwapRequest;
import org.junit.jupiter.api.Test;

class SlotChoicesTest {
    private final SlotChoices choices = new SlotChoices();

    private void choose(String slot, String variant) {
        choices.chosen(List.of(new SwapRequest(slot, variant)));
    }

    @Test
    void beforeTheFirstChoiceCameTheStandardVariant() {
        choose("lwp", "mine");
        assertEquals("1.84", choices.previous("lwp"));
        choose("lwp", "1.47");
        assertEquals("mine", choices.previous("lwp"));
        assertEquals("1.47", choices.chosen("lwp"));
    }

    @Test
    void nothingCameBeforeTheStandardVariant() {
        choose("sched", "4bsd");
        assertNull(choices.previous("sched"));
        choose("sched", "4bsd");
        assertNull(choices.previous("sched"));
    }

    @Test
    void aSlotOfAThirdPartyHasNoStandardVariant() {
        choose("disk", "raid");
        assertNull(choices.previous("disk"));
    }
}
