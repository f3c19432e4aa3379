// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.SignalWaits;
import kernel.lwp.signal.Signal;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masks, pending signals, handlers and stopped processes across swaps. */
class SignalSwapTest {
    private static final long MS = 1_000_000L;

    @ParameterizedTest
    @CsvSource({"1.47, 1.84", "1.84, 1.47", "1.76.2.1, 1.84", "1.47, 1.76.2.1"})
    void aStoppedProcessCrossesARevisionSwap(String from, String to) {
        try (TestKernel kernel = new TestKernel(from, 2)) {
            List<Integer> results = new ArrayList<>();
            Proc p = kernel.spawn(user -> {
                for (int i = 0; i < 3; i++) {
                    user.create(child -> results.add(child.park(0)));
                }
                user.compute(1000 * MS);
                for (int lid = 2; lid < 5; lid++) {
                    user.unpark(lid, 0);
                }
                user.sleep(100 * MS);
            });
            kernel.run(RunLimit.until(100 * MS));
            kernel.kernel().kill(p.pid(), Signal.SIGSTOP);
            kernel.run(RunLimit.until(200 * MS));
            assertEquals(Proc.State.STOPPED, p.state());
            kernel.swap("lwp", to);
            kernel.assertSound();
            kernel.kernel().kill(p.pid(), Signal.SIGCONT);
            kernel.run(RunLimit.until(300 * MS));
            kernel.assertSound();
            kernel.kernel().kill(p.pid(), Signal.SIGKILL);
            kernel.run();
            assertEquals("GONE 9", p.state() + " " + p.exitSignal());
        }
    }

    /** The frame has the layout of a machine that is gone; the LWP goes on where it was interrupted. */
    @Test
    void aHandlerReturnsThroughAFrameOfAnotherMachine() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            List<String> log = new ArrayList<>();
            Proc p = kernel.spawn(user -> {
                user.useStack();
                user.mask(SignalWaits.SIG_SETMASK, Signal.bit(Signal.SIGHUP));
                user.handle(Signal.SIGUSR1, (in, signo, info, context) -> {
                    in.compute(100 * MS);
                    log.add("handler");
                });
                user.raise(Signal.SIGUSR1);
                log.add("mask " + user.lwp().signalMask());
                user.raise(Signal.SIGUSR1);
                log.add("again");
                user.call("exit", 0);
            });
            kernel.run(RunLimit.until(50 * MS));
            kernel.swap("machine", "wide");
            kernel.run();
            assertEquals("GONE 0 0", p.state() + " " + p.exitStatus() + " " + p.exitSignal());
            assertEquals(List.of("handler", "mask 1", "handler", "again"), log);
            kernel.assertSound();
        }
    }
}
