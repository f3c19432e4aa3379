// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    @Test
    void keepsWhatTheFailureNeeds() {
        Shrinker.Trial needsTwo = steps ->
                steps.containsAll(List.of(17, 301)) ? new IllegalStateException("both are there") : null;
        String message = assertThrows(AssertionError.class, () -> Shrinker.check(600, needsTwo)).getMessage();
        assertTrue(message.contains("[17, 301]") && message.contains("both are there"), message);
    }

    @Test
    void saysNothingWithoutAFailure() {
        Shrinker.check(10, steps -> null);
    }
}
