// SPDX-License-Identifier: BSD-2-Clause
package userland.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapOptionTest {
    @Test
    void readsOneSlot() {
        SwapOption swap = SwapOption.parse("500ms:sched=m2");
        assertEquals(500_000_000L, swap.atNanos());
        assertEquals("{sched=m2}", swap.variants().toString());
    }

    @Test
    void keepsTheOrderOfSeveralSlots() {
        SwapOption swap = SwapOption.parse("1s:sched=m2,lwp=1.47,machine=aarch64");
        assertEquals(List.of("sched", "lwp", "machine"), List.copyOf(swap.variants().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sched=m2", "1s:", "1s:sched", "1s:=m2", "1s:sched=", "soon:sched=m2", "1s:a=b,a=c"})
    void refusesAndSaysWhy(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> SwapOption.parse(text)).getMessage();
        assertTrue(message.contains("'"), message);
    }
}
