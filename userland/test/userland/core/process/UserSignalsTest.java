// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.machine.UserContext;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.SignalWaits;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.User;

/** Signals as programs use them, with the frames of the real machines. */
class UserSignalsTest {
    private static final String WELL = "GONE 0 0";
    private static final long MS = 1_000_000L;

    private static String run(String machine, Consumer<User> body) {
        try (Session session = new Session(KernelConfig.standard().withMachine(machine).withCpus(2))) {
            return session.runToEnd((user, args) -> {
                body.accept(user);
                return 0;
            });
        }
    }

    /** The saved context, by role. */
    private static UserContext context(User user, long address) {
        var codec = ((LwpUser) user).lwp().proc().processes().codec();
        byte[] bytes = new byte[codec.size()];
        user.read(address, bytes, 0, bytes.length);
        UserContext context = new UserContext();
        codec.load(bytes, context);
        return context;
    }

    private static void put(User user, UserContext context, long address) {
        var codec = ((LwpUser) user).lwp().proc().processes().codec();
        byte[] bytes = new byte[codec.size()];
        codec.store(context, bytes);
        user.write(address, bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "i386-pae", "amd64", "amd64-la57", "armv7", "aarch64"})
    void aHandlerSeesItsFrameAndComesBack(String machine) {
        assertEquals(WELL, run(machine, user -> {
            List<String> log = new ArrayList<>();
            long sp = ((LwpUser) user).lwp().registers().sp;
            user.sigprocmask(SignalWaits.SIG_SETMASK, Signal.bit(Signal.SIGHUP));
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> {
                byte[] bytes = new byte[SiginfoWords.BYTES];
                in.read(info, bytes, 0, bytes.length);
                assertEquals(SignalInfo.sent(signal, SignalInfo.SI_LWP, in.pid(), 0),
                        new SiginfoWords(((LwpUser) in).wordBytes()).load(bytes, 0));
                UserContext saved = context(in, context);
                assertEquals(Signal.bit(Signal.SIGHUP), saved.signalMaskLow);
                assertEquals(sp, saved.registers().sp);
                assertEquals(Signal.bit(Signal.SIGHUP) | Signal.bit(signal), in.signalMask());
                log.add("handler");
            }, 0, 0);
            assertEquals(0, user.raise(Signal.SIGUSR1));
            log.add("back");
            assertEquals(List.of("handler", "back"), log);
            assertEquals(sp, ((LwpUser) user).lwp().registers().sp);
            assertEquals(Signal.bit(Signal.SIGHUP), user.signalMask());
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "amd64", "armv7", "aarch64"})
    void aChangedContextDecidesWhereTheLwpGoesOn(String machine) {
        assertEquals("GONE 7 0", run(machine, user -> {
            long stack = user.allocate(8192);
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> {
                UserContext saved = context(in, context);
                long made = in.allocate(in.contextBytes());
                in.makeContext(made, (other, argument) -> other.exit((int) argument), 7, stack, 8192);
                UserContext next = context(in, made);
                next.flags = saved.flags;
                next.registers().tls = saved.registers().tls;
                put(in, next, context);
            }, 0, 0);
            user.raise(Signal.SIGUSR1);
            throw new AssertionError("came back");
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "amd64", "armv7", "aarch64"})
    void aFaultIsRepairedInAHandlerOnAnotherStack(String machine) {
        assertEquals(WELL, run(machine, user -> {
            long stack = user.allocate(16384);
            long page = user.mmap(0, 4096, 1, 0x1002, -1, 0);
            assertEquals(0, user.sigaltstack(stack, 16384));
            user.sigaction(Signal.SIGSEGV, (in, signal, info, context) -> {
                long sp = ((LwpUser) in).lwp().registers().sp;
                assertEquals(true, sp > stack && sp < stack + 16384);
                in.mprotect(page, 4096, 3);
            }, SignalAction.SA_ONSTACK, 0);
            user.store32(page + 4, 42);
            assertEquals(42, user.load32(page + 4));
        }));
    }

    @ParameterizedTest
    @CsvSource({"amd64, aarch64", "aarch64, amd64", "i386, armv7", "armv7, i386-pae", "amd64, amd64-la57"})
    void aMachineSwapInAHandlerLosesNothing(String from, String to) {
        try (Session session = new Session(KernelConfig.standard().withMachine(from))) {
            List<String> log = new ArrayList<>();
            Proc proc = session.spawn((user, args) -> {
                long context = user.allocate(user.contextBytes());
                user.getcontext(context);
                user.sigprocmask(SignalWaits.SIG_SETMASK, Signal.bit(Signal.SIGHUP));
                user.sigaction(Signal.SIGUSR1, (in, signal, info, where) -> {
                    in.compute(100 * MS);
                    log.add("handler");
                }, 0, 0);
                user.raise(Signal.SIGUSR1);
                log.add("mask " + user.signalMask());
                user.raise(Signal.SIGUSR1);
                boolean refused = user.setcontext(context) == -1 && user.errno() == Errno.EINVAL;
                log.add("old context refused: " + refused);
                return 0;
            });
            session.kernel().run(RunLimit.until(50 * MS));
            session.swap("machine", to);
            session.kernel().run(RunLimit.until(2000 * MS));
            boolean sameLayout = to.startsWith(from);
            assertEquals(sameLayout ? List.of("handler", "mask 1", "handler")
                    : List.of("handler", "mask 1", "handler", "old context refused: true"), log.subList(0, sameLayout ? 3 : 4));
            if (!sameLayout) {
                assertEquals(WELL, session.kernel().ask(e -> proc.state() + " " + proc.exitStatus() + " "
                        + proc.exitSignal()));
            }
        }
    }

    @Test
    void aHandlerHasAnErrnoAndArgumentMemoryOfItsOwn() {
        assertEquals(WELL, run("amd64", user -> {
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> {
                assertEquals(-1, in.lwpDetach(99));
                assertEquals(Errno.ESRCH, in.errno());
                in.lwpSetName("handler");
            }, 0, 0);
            assertEquals(-1, user.munmap(1, 1));
            user.raise(Signal.SIGUSR1);
            assertEquals(Errno.EINVAL, user.errno());
        }));
    }

    @Test
    void signalsAreWaitedForInTwoWays() {
        assertEquals(WELL, run("amd64", user -> {
            List<Integer> taken = new ArrayList<>();
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> taken.add(signal), 0, 0);
            user.sigprocmask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1) | Signal.bit(Signal.SIGUSR2));
            int child = user.fork((in, argument) -> {
                in.compute(10 * MS);
                in.kill(in.pid() - 1, Signal.SIGUSR1);
                in.compute(10 * MS);
                in.kill(in.pid() - 1, Signal.SIGUSR2);
                in.exit(0);
            });
            assertEquals(-1, user.sigsuspend(0));
            assertEquals(Errno.EINTR, user.errno());
            assertEquals(List.of(Signal.SIGUSR1), taken);
            assertEquals(Signal.SIGUSR2, user.sigtimedwait(Signal.bit(Signal.SIGUSR2), 0, User.FOREVER));
            assertEquals(child, user.waitChild(child, 0));
        }));
    }

    @Test
    void aForkedChildKeepsHandlersAndHasAStackForThem() {
        assertEquals(WELL, run("amd64", user -> {
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> in.exit(9), 0, 0);
            int child = user.fork((in, argument) -> in.raise(Signal.SIGUSR1));
            long status = user.allocate(8);
            assertEquals(child, user.waitChild(child, status));
            assertEquals(9 << 8, user.load32(status));
        }));
    }
}
