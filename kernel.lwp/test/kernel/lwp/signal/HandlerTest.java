// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.SignalWaits;
import kernel.sched.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers: frames, masks, flags, and where an LWP goes on. */
class HandlerTest {
    private static final long MS = 1_000_000L;
    private static final int CONTEXT_MASK = 8;
    private static final int CONTEXT_PC = 16;

    private static void main(Consumer<User> main) {
        for (String lwp : List.of("1.47", "1.76.2.1", "1.84")) {
            try (TestKernel kernel = new TestKernel(lwp, 2)) {
                kernel.runToEnd(user -> {
                    user.useStack();
                    main.accept(user);
                });
            }
        }
    }

    @Test
    void aHandlerRunsBeforeTheCallReturns() {
        main(user -> {
            List<String> order = new ArrayList<>();
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> order.add("handler " + signo));
            user.raise(Signal.SIGUSR1);
            order.add("after");
            assertEquals(List.of("handler 30", "after"), order);
        });
    }

    @Test
    void theFrameIsOnTheStackAndHoldsSiginfoAndContext() {
        main(user -> {
            long sp = user.lwp().registers().sp;
            boolean[] ran = new boolean[1];
            user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGHUP));
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> {
                SignalFrame frame = in.lwp().signals().frames().get(0);
                assertEquals(frame.address(), in.lwp().registers().sp);
                assertTrue(frame.address() < sp && frame.address() > sp - 1024);
                assertEquals(frame.infoAddress(), info);
                assertEquals(frame.contextAddress(), context);
                byte[] bytes = new byte[SiginfoWords.BYTES];
                assertEquals(0, in.lwp().frame().memory().copyin(info, bytes, 0, bytes.length));
                assertEquals(SignalInfo.sent(signo, SignalInfo.SI_LWP, in.lwp().pid(), 0),
                        new SiginfoWords(8).load(bytes, 0));
                assertEquals(Signal.bit(Signal.SIGHUP), in.loadLong(context + CONTEXT_MASK));
                ran[0] = true;
            });
            user.raise(Signal.SIGUSR1);
            assertTrue(ran[0]);
            assertEquals(List.of(), user.lwp().signals().frames());
            assertEquals(sp, user.lwp().registers().sp);
        });
    }

    @ParameterizedTest
    @CsvSource({
        // flags, mask, SIGUSR1 blocked in the handler, SIGUSR2 blocked
        "0x00, 0x00000000, true,  false",
        "0x10, 0x00000000, false, false",
        "0x00, 0x40000000, true,  true",
        "0x10, 0x40000000, false, true",
        "0x00, 0x00010100, true,  false",
    })
    void theMaskInAHandler(String flags, String mask, boolean usr1, boolean usr2) {
        main(user -> {
            long[] inside = new long[1];
            assertEquals(0, user.handle(Signal.SIGUSR1, (in, signo, info, context) ->
                    inside[0] = in.lwp().signalMask(), Integer.decode(flags), Long.decode(mask)));
            user.raise(Signal.SIGUSR1);
            assertEquals(usr1, (inside[0] & Signal.bit(Signal.SIGUSR1)) != 0);
            assertEquals(usr2, (inside[0] & Signal.bit(Signal.SIGUSR2)) != 0);
            assertEquals(0, inside[0] & (Signal.bit(Signal.SIGKILL) | Signal.bit(Signal.SIGSTOP)));
            assertEquals(0, user.lwp().signalMask());
        });
    }

    @Test
    void resethandGoesBackToTheDefault() {
        main(user -> {
            int[] runs = new int[1];
            user.handle(Signal.SIGURG, (in, signo, info, context) -> runs[0]++, SignalAction.SA_RESETHAND, 0);
            user.raise(Signal.SIGURG);
            user.raise(Signal.SIGURG);
            assertEquals(1, runs[0]);
            assertEquals(SignalAction.DEFAULT, user.lwp().proc().signals().actions().of(Signal.SIGURG));
        });
    }

    /** T-t_sigmask before_threads: the second handler has to wait for the end of the first. */
    @Test
    void aBlockedSignalIsTakenWhenTheHandlerReturns() {
        main(user -> {
            List<String> order = new ArrayList<>();
            user.handle(Signal.SIGUSR2, (in, signo, info, context) -> order.add("usr2"));
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> {
                in.raise(Signal.SIGUSR2);
                order.add("usr1");
            }, 0, Signal.bit(Signal.SIGUSR2));
            user.raise(Signal.SIGUSR1);
            assertEquals(List.of("usr1", "usr2"), order);
        });
    }

    /** Frames are stacked before any handler runs, so the last one is on top. */
    @Test
    void ofTwoPendingSignalsTheHigherHandlerRunsFirst() {
        main(user -> {
            List<String> order = new ArrayList<>();
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> order.add("usr1"));
            user.handle(Signal.SIGUSR2, (in, signo, info, context) -> {
                assertEquals(2, in.lwp().signals().frames().size());
                order.add("usr2");
            });
            user.mask(SignalWaits.SIG_SETMASK, -1);
            user.raise(Signal.SIGUSR1);
            user.raise(Signal.SIGUSR2);
            assertEquals(List.of(), order);
            user.mask(SignalWaits.SIG_SETMASK, 0);
            assertEquals(List.of("usr2", "usr1"), order);
        });
    }

    @Test
    void theArgumentsAndResultOfTheInterruptedCallSurvive() {
        main(user -> {
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> in.value("getpid"));
            assertEquals(0, user.call("_lwp_kill", user.lwp().lid(), Signal.SIGUSR1));
            assertEquals(Signal.SIGUSR1, user.lwp().frame().arg(1));
            assertEquals(0, user.lwp().frame().result());
        });
    }

    @Test
    void aHandlerThatChangesTheProgramCounterGoesOnThere() {
        main(user -> {
            List<String> order = new ArrayList<>();
            long elsewhere = user.address(other -> {
                order.add("elsewhere");
                assertEquals(0, other.lwp().signalMask());
                other.call("exit", 0);
            });
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> in.storeLong(context + CONTEXT_PC, elsewhere));
            user.raise(Signal.SIGUSR1);
            order.add("not reached");
            throw new AssertionError("went on after " + order);
        });
    }

    /** siglongjmp out of two handlers at once. */
    @Test
    void settingTheOuterContextLeavesTheInnerHandlerForGood() {
        main(user -> {
            List<String> order = new ArrayList<>();
            long[] outer = new long[1];
            user.handle(Signal.SIGUSR2, (in, signo, info, context) -> {
                order.add("inner");
                in.call("setcontext", outer[0]);
                order.add("not reached");
            });
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> {
                outer[0] = context;
                in.raise(Signal.SIGUSR2);
                order.add("not reached");
            });
            user.raise(Signal.SIGUSR1);
            order.add("main");
            assertEquals(List.of("inner", "main"), order);
            assertEquals(0, user.lwp().signalMask());
        });
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false"})
    void theAlternateStack(int flags, boolean used) {
        main(user -> {
            long base = user.map(16384);
            user.storeLong(user.scratch(), base);
            user.storeLong(user.scratch() + 8, 16384);
            user.store(user.scratch() + 16, 0);
            assertEquals(0, user.call("__sigaltstack14", user.scratch(), 0));
            boolean[] inside = new boolean[3];
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> {
                long sp = in.lwp().registers().sp;
                inside[0] = sp >= base && sp < base + 16384;
                inside[1] = in.lwp().signals().stack().active();
                inside[2] = in.call("__sigaltstack14", user.scratch(), 0) == Errno.EINVAL;
            }, flags, 0);
            user.raise(Signal.SIGUSR1);
            assertEquals(List.of(used, used, used), List.of(inside[0], inside[1], inside[2]));
            assertEquals(false, user.lwp().signals().stack().active());
        });
    }

    @Test
    void aFaultIsASignalAndTheAccessIsMadeAgain() {
        main(user -> {
            user.scratch();
            long page = user.map(4096);
            assertEquals(0, user.call("munmap", page, 4096));
            user.handle(Signal.SIGSEGV, (in, signo, info, context) -> {
                byte[] bytes = new byte[SiginfoWords.BYTES];
                in.lwp().frame().memory().copyin(info, bytes, 0, bytes.length);
                SignalInfo about = new SiginfoWords(8).load(bytes, 0);
                assertEquals(SignalInfo.fault(Signal.SIGSEGV, 1, page + 8), about);
                assertEquals(page, in.value("mmap", page, 4096, 3, 0x1012, -1, 0));
                in.storeLong(page + 8, 77);
            });
            assertEquals(77, user.loadLong(page + 8));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocked", "ignored", "bad stack"})
    void whatCannotBeHandledKills(String why) {
        for (String lwp : List.of("1.47", "1.76.2.1", "1.84")) {
            try (TestKernel kernel = new TestKernel(lwp, 1)) {
                var p = kernel.spawn(user -> {
                    user.useStack();
                    user.handle(Signal.SIGSEGV, (in, signo, info, context) -> {
                        throw new AssertionError("handled");
                    });
                    switch (why) {
                        case "blocked" -> user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGSEGV));
                        case "ignored" -> user.sigaction(Signal.SIGSEGV, SignalAction.SIG_IGN, 0, 0);
                        default -> user.lwp().registers().sp = 0x100;
                    }
                    user.load(0xdead_0000L);
                });
                kernel.run();
                assertEquals(why.equals("bad stack") ? Signal.SIGILL : Signal.SIGSEGV, p.exitSignal());
                kernel.assertSound();
            }
        }
    }

    @Test
    void aRunningLwpIsInterruptedInTheMiddleOfAComputation() {
        main(user -> {
            long[] at = new long[1];
            int lid = user.create(child -> {
                child.useStack();
                child.handle(Signal.SIGUSR1, (in, signo, info, context) ->
                        at[0] = in.lwp().proc().processes().engine().nowNanos());
                child.compute(1000 * MS);
                assertTrue(at[0] > 0);
            });
            user.sleep(100 * MS);
            assertEquals(0, user.call("_lwp_kill", lid, Signal.SIGUSR1));
            assertEquals(0, user.await(lid));
            assertTrue(at[0] < 500 * MS, "handled at " + at[0]);
        });
    }
}
