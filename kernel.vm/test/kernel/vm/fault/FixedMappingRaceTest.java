// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.SharedProcess;
import kernel.vm.testing.SharedProcess.Lwp;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;

/**
 * R19: one LWP replaces a mapping with MAP_FIXED, another one looks at the range or maps something there. The code
 * of 2006 takes the old mapping away first, so that for a moment there is a hole; later it is one step.
 */
class FixedMappingRaceTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final int RW = 3;
    private static final int OFFSETS = 24;
    private static final int STEP_NANOS = 7;
    private static final int ROUNDS = 8;

    /** How often the second LWP found a hole. */
    private int holes;
    private int failed;
    private int lost;

    private void race(VmProfile profile, boolean maps) {
        for (int offset = 0; offset < OFFSETS; offset++) {
            long delay = 1 + (long) offset * STEP_NANOS;
            try (SharedProcess process = new SharedProcess(2, 1, null)) {
                process.vm.context().profile(profile);
                boolean[] ready = new boolean[1];
                boolean[] over = new boolean[1];
                process.start(lwp -> {
                    replace(lwp);
                    ready[0] = true;
                    for (int i = 0; i < ROUNDS; i++) {
                        touch(lwp);
                        replace(lwp);
                    }
                    over[0] = true;
                });
                process.start(lwp -> {
                    while (!ready[0]) {
                        lwp.boundary();
                    }
                    lwp.boundary(delay);
                    while (!over[0]) {
                        if (maps) {
                            map(lwp);
                        } else {
                            // A load would look again, because a stack might have to grow.
                            holes += lwp.call("msync", A, P, 0) == 0 ? 0 : 1;
                        }
                    }
                });
                process.engine.run(RunLimit.none());
                assertNull(process.engine.panic());
                assertEquals(0, process.alive());
                MapChecks.check(process.vm);
            }
        }
    }

    private static void touch(Lwp lwp) {
        for (int i = 0; i < 4; i++) {
            lwp.memory.store64(A + i * P, 1);
            lwp.boundary();
        }
    }

    /** Who finds the mapping of another in the hole that it made itself does not replace that one, but fails. */
    private void replace(Lwp lwp) {
        int error = lwp.call("mmap", A, 4 * P, RW, MAP_ANON | MAP_FIXED, -1, 0);
        assertTrue(error == 0 || error == Errno.ENOMEM, "errno " + error);
        failed += error == 0 ? 0 : 1;
    }

    /** Maps a page where there is room; when that is inside of the range, it came into the hole. */
    private void map(Lwp lwp) {
        assertEquals(0, lwp.call("mmap", A, P, RW, MAP_ANON, -1, 0));
        holes += lwp.result() < A + 4 * P ? 1 : 0;
        lwp.call("munmap", lwp.result(), P);
    }

    @Test
    void aHoleIsThereForAMoment() {
        race(VmProfile.seed(), false);
        assertTrue(holes > 0, "nobody fell into the hole");
    }

    @Test
    void othersMapIntoTheHole() {
        race(VmProfile.fixed(), true);
        assertTrue(holes > 0 && failed > 0, "nobody mapped into the hole");
    }

    @Test
    void laterThereIsNone() {
        race(VmProfile.modern(), false);
        race(VmProfile.modern(), true);
        race(VmProfile.seed().without(Quirk.UNMAP_BEFORE_CHECK), false);
        assertEquals(0, holes);
        assertEquals(0, failed);
    }
}
