// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import kernel.lwp.kernel.KernelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.pthread.Generation;

class LibraryChoiceTest {
    @Test
    void theProgramSeesTheOtherArguments() {
        LibraryChoice choice = LibraryChoice.of(List.of("4", "libpthread=2009", "x"));
        assertEquals(Generation.LIBPTHREAD_2009, choice.generation());
        assertEquals(List.of("4", "x"), choice.rest());
        assertNull(LibraryChoice.of(List.of("4")).generation());
    }

    @Test
    void anUnknownYearIsRefused() {
        assertEquals("no thread library of 1999; there are 2009 and 2020", assertThrows(IllegalArgumentException.class,
                () -> LibraryChoice.of(List.of("libpthread=1999"))).getMessage());
    }

    /** Without a choice, a process and its children get the library of the revision it starts under. */
    @ParameterizedTest
    @CsvSource({"1.47, 2009", "1.76.2.1, 2020", "1.84, 2020"})
    void theRevisionDecides(String revision, String year) {
        try (Session session = new Session(KernelConfig.standard().withLwp(revision))) {
            var proc = session.spawn((user, args) -> {
                assertEquals(year, user.pthread().generation().year());
                long status = user.allocate(8);
                int child = user.fork((own, argument) ->
                        own.exit(own.pthread().generation().year().equals(year) ? 3 : 1));
                assertEquals(child, user.waitChild(child, status));
                return user.load32(status) >> 8;
            });
            session.swap("lwp", "1.84");
            session.run();
            assertEquals(3, proc.exitStatus());
        }
    }
}
