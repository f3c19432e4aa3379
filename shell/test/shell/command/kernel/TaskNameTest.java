// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskNameTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1.2, 1, 2", "12.10, 12, 10"})
    void pidAndLid(String text, int pid, int lid) {
        assertEquals(new TaskName(pid, lid), TaskName.parse(text));
        assertEquals(text, TaskName.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.x", "1.2.3", "-1", "1.", ".1", "99999999999"})
    void anythingElseIsNamed(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> TaskName.parse(text));
        assertTrue(e.getMessage().contains(text.replaceAll("[.].*|^-?", "")), e.getMessage());
    }

    @Test
    void unsetVariableIsGuessed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TaskName.parse("null")).getMessage()
                .contains("${p}.2"));
    }
}
