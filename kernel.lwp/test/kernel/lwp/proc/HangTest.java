// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.signal.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hangs on the original is named, and what only waits is not. */
class HangTest {
    private static final long MS = 1_000_000L;

    private static List<Hang> hangs(String lwp, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.spawn(main);
            kernel.run();
            kernel.assertSound();
            return kernel.kernel().ask(engine -> kernel.kernel().processes().hangs());
        }
    }

    private static void says(List<Hang> hangs, boolean whole, String lwps, String... texts) {
        Hang hang = hangs.stream().filter(h -> h.whole() == whole).findFirst().orElseThrow();
        assertEquals(lwps, String.join(" ", hang.lwps()));
        for (String text : texts) {
            assertTrue(hang.text().contains(text), hang.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1"})
    void everybodyParked(String lwp) {
        List<Hang> hangs = hangs(lwp, user -> {
            user.create(child -> child.park(0));
            user.call("_lwp_setname", 2, user.string(0, "worker"));
            user.park(8);
        });
        assertEquals(1, hangs.size());
        says(hangs, true, "1.1 1.2", "nobody", "1.2 (worker) asleep on \"parked\"");
    }

    @Test
    void aCircleOfWaits() {
        int[] lids = new int[3];
        List<Hang> hangs = hangs("1.47", user -> {
            for (int i = 0; i < lids.length; i++) {
                int next = (i + 1) % lids.length;
                lids[i] = user.create(child -> {
                    child.sleep(20 * MS);
                    child.await(lids[next]);
                });
            }
            user.park(0);
        });
        says(hangs, false, "1.2 1.3 1.4", "wait for each other", LwpQuirk.WAIT_CYCLE_UNSEEN.id());
        says(hangs, true, "1.1 1.2 1.3 1.4", "waits for 1.3");
        assertEquals(2, hangs.size());
    }

    @Test
    void suspendersThatNobodyWillWake() {
        List<Hang> self = hangs("1.47", user -> {
            user.create(child -> child.park(0));
            user.call("_lwp_suspend", user.lwp().lid());
        });
        says(self, false, "1.1", "of itself", LwpQuirk.SELF_SUSPEND_SLEEPS.name());
        List<Hang> twice = hangs("1.47", user -> {
            int a = user.create(child -> child.park(0));
            user.sleep(20 * MS);
            user.call("_lwp_suspend", a);
            user.call("_lwp_suspend", a);
        });
        says(twice, false, "1.1", "1.2, which is suspended already", LwpQuirk.SUSPEND_SLEEPS_FIRST.id());
        says(twice, true, "1.1 1.2", "1.2 is suspended");
    }

    @Test
    void whoIsKilledButSuspended() {
        List<Hang> killed = hangs("1.47", user -> {
            int pid = user.fork(child -> {
                child.create(other -> other.park(0), 0, LwpFlag.LWP_SUSPENDED);
                child.call("_lwp_exit");
            });
            user.sleep(20 * MS);
            user.call("kill", pid, Signal.SIGKILL);
        });
        says(killed, true, "2.2", "2.2 is suspended", LwpQuirk.KILL_LEAVES_SUSPENDED.id());
    }

    /** A suspended LWP is stuck only together with all others; a timeout, the outside and a handler may still come. */
    @Test
    void waitingIsNoHang() {
        assertEquals(List.of(), hangs("1.84", user -> user.create(child -> { })));
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = kernel.spawn(user -> {
                user.create(child -> child.park(0));
                user.sleep(100 * MS);
                user.call("exit", 0);
            });
            kernel.run(machine.core.engine.RunLimit.until(50 * MS));
            assertEquals(2, p.lwpCount());
            assertEquals(List.of(), kernel.kernel().ask(engine -> kernel.kernel().processes().hangs()));
        }
    }
}
