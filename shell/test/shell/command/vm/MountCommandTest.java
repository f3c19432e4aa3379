// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shell.command.Bench;

/** {@code mount} and {@code personality}: settings of the running kernel that are not in its profile. */
class MountCommandTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theRootIsMountedInAnotherWay() throws Exception {
        bench.run("p = (spawn puppet)");
        assertEquals("rw", bench.run("mount").strip());
        assertEquals("ro,noexec", bench.run("mount ro,noexec").strip());
        bench.run("sys $p sbrk 0", "sys $p sbrk 0", "back 1");
        assertEquals("ro,noexec", bench.run("mount").strip(), "done again when going back");
        Throwable wrong = assertThrows(RuntimeException.class, () -> bench.run("mount fast"));
        assertTrue(wrong.toString().contains("noexec"), wrong.toString());
    }

    @Test
    void signalsAreChosenApartFromTheProfile() throws Exception {
        bench.run("p = (spawn puppet)");
        assertEquals("modern", bench.run("personality").strip());
        assertEquals("freebsd_6", bench.run("personality freebsd_6").strip());
        bench.run("use vm fixed");
        assertEquals("freebsd_6", bench.run("personality").strip(), "the profile does not change it");
        Throwable wrong = assertThrows(RuntimeException.class, () -> bench.run("personality linux"));
        assertTrue(wrong.toString().contains("head_2006"), wrong.toString());
    }
}
