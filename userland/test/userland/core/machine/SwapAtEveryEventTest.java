// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.program.User;
import userland.pthread.Pthread;

/** A machine is swapped once, after each event of a short run in turn: in faults, forks, shootdowns and exits. */
class SwapAtEveryEventTest {
    private static final long PAGE = 4096;
    private static final int PAGES = 4;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;
    private static final int SHARED_ANON = 0x1001;

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"amd64, aarch64", "aarch64, amd64", "armv7, i386", "i386-pae, armv7"})
    void nothingIsLost(String from, String to) {
        int event = 0;
        boolean more = true;
        while (more) {
            event++;
            try (Session session = new Session(KernelConfig.standard().withCpus(2).withMachine(from))) {
                session.kernel().watchTlbs(true);
                Proc process = session.spawn((user, arguments) -> main(user));
                more = session.kernel().run(RunLimit.events(event)).reason() == RunOutcome.Reason.LIMIT;
                session.swap("machine", to);
                assertEquals(List.of(), session.kernel().checkInvariants(), "after event " + event);
                session.run();
                assertEquals("GONE 0 0", session.kernel().ask(engine -> process.state() + " " + process.exitStatus() + " "
                        + process.exitSignal()), "swapped after event " + event);
            }
        }
        assertTrue(event > 35, event + " events");
    }

    /** Two threads on two CPUs; each step below has faults, copies or shootdowns of the other's translations. */
    private static int main(User user) {
        Pthread pthread = user.pthread();
        long own = user.mmap(0, PAGES * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
        long shared = user.mmap(0, PAGE, READ_WRITE, SHARED_ANON, -1, 0);
        user.syscall("mlock", own, PAGE);
        long helper = pthread.threads().create(user, (thread, argument) -> help(thread, own), 0);
        int status = change(user, own, shared);
        int error = pthread.threads().join(user, helper);
        return status != 0 ? status : error;
    }

    /** Keeps translations of the pages on the other CPU. */
    private static void help(User user, long own) {
        for (int round = 0; round < 6; round++) {
            for (int page = 0; page < 2; page++) {
                user.fetchAdd64(own + page * PAGE + 8, 1);
            }
            user.compute(3_000);
        }
    }

    private static int change(User user, long own, long shared) {
        for (int page = 0; page < PAGES; page++) {
            user.store64(own + page * PAGE, 100 + page);
        }
        user.mprotect(own + 2 * PAGE, PAGE, 1);
        int child = user.fork((in, argument) -> {
            long sum = 0;
            for (int page = 0; page < PAGES; page++) {
                sum += in.load64(own + page * PAGE);
            }
            in.store64(own, 7);
            in.store64(shared, sum);
        });
        user.store64(own, 200);
        user.munmap(own + 3 * PAGE, PAGE);
        if (user.waitChild(child, 0) != child) {
            return 1;
        }
        if (user.load64(shared) != 100 + 101 + 102 + 103) {
            return 2;
        }
        boolean kept = user.load64(own) == 200 && user.load64(own + PAGE) == 101 && user.load64(own + 2 * PAGE) == 102;
        return kept ? 0 : 3;
    }
}
