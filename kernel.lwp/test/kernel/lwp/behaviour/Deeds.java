// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kernel.lwp.fixture.Handler;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.UserContext;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.LwpLife;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.SignalWaits;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.errno.Errno;
import kernel.sched.task.Priority;
import kernel.vm.syscall.Resource;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;

/** What an actor can be told to do: system calls, and what prepares a situation for them. */
final class Deeds {
    private static final long STEP_NANOS = 1_000_000L;

    private final Stage stage;
    private final Memory memory;
    private final boolean old;
    /** The actor that the context of the running call starts. */
    private String born;
    private Proc creator;

    Deeds(Stage stage, Memory memory, String revision) {
        this.stage = stage;
        this.memory = memory;
        this.old = revision.equals("1.47");
    }

    Function<User, String> order(String name, String argumentText) {
        List<String> arguments = Words.arguments(argumentText);
        return switch (name) {
            case "prepare" -> user -> done(() -> memory.map(user));
            case "park" -> park(arguments);
            case "new" -> create(arguments);
            case "embryo" -> user -> done(() -> embryo(user, arguments.get(0)));
            case "start" -> user -> done(() -> start(user, stage.actor(arguments.get(0)).lwp()));
            case "fork" -> user -> done(() -> user.fork(stage.actor(arguments.get(0))::live));
            case "compute" -> user -> done(() -> user.compute(Words.duration(arguments.get(0))));
            case "sleep" -> user -> done(() -> user.sleep(Words.duration(arguments.get(0))));
            case "load" -> user -> Integer.toString(user.load(arguments(user).value(arguments.get(0), null)));
            case "store" -> user -> done(() -> user.store(arguments(user).value(arguments.get(0), null),
                    (int) arguments(user).value(arguments.get(1), null)));
            case "limit_threads" -> user -> done(() -> user.lwp().proc().limits()
                    .set(Resource.NTHR, Long.parseLong(arguments.get(0)), Long.parseLong(arguments.get(0))));
            case "last_lid" -> user -> done(() -> user.lwp().proc().lastLid(Integer.parseInt(arguments.get(0))));
            case "stack" -> user -> done(user::useStack);
            case "signal_stack" -> user -> done(() -> signalStack(user, arguments(user).value(arguments.get(0), null)));
            case "handle" -> user -> done(() -> handle(user, arguments));
            case "ignore" -> user -> done(() ->
                    assertEquals(0, user.sigaction(signal(arguments.get(0)), SignalAction.SIG_IGN, 0, 0)));
            case "block" -> user -> done(() -> user.mask(SignalWaits.SIG_BLOCK, Signal.bit(signal(arguments.get(0)))));
            case "unblock" ->
                user -> done(() -> user.mask(SignalWaits.SIG_UNBLOCK, Signal.bit(signal(arguments.get(0)))));
            case "unpark_in_kernel_after" -> user -> done(() -> {
                sleepInKernel(user, arguments.get(0));
                user.lwp().proc().processes().parking()
                        .unpark(user.lwp(), stage.actor(arguments.get(1)).lwp().lid(), 0);
                user.lwp().proc().processes().userReturn().leaveKernel(user.lwp());
            });
            case "start_in_kernel_after" -> user -> done(() -> {
                sleepInKernel(user, arguments.get(0));
                start(user, stage.actor(arguments.get(1)).lwp());
                user.lwp().proc().processes().userReturn().leaveKernel(user.lwp());
            });
            case "sleep_in_kernel" -> user -> done(() -> {
                sleepInKernel(user, arguments.get(0));
                user.lwp().proc().processes().userReturn().leaveKernel(user.lwp());
            });
            case "exit_in_kernel_after" -> user -> done(() -> {
                sleepInKernel(user, arguments.get(0));
                user.lwp().proc().processes().lwpLife().exit(user.lwp());
            });
            case "hold_cpu" -> user -> done(() -> holdCpu(user, Words.duration(arguments.get(0))));
            default -> user -> call(user, name, arguments);
        };
    }

    private static String done(Runnable action) {
        action.run();
        return "0";
    }

    private Arguments arguments(User user) {
        return new Arguments(stage, memory, user);
    }

    private String call(User user, String name, List<String> texts) {
        SyscallDescriptor call = user.descriptor(name);
        if (call == null) {
            throw new IllegalArgumentException("there is no call " + name);
        }
        Arguments arguments = arguments(user);
        long[] values = new long[texts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.value(texts.get(i), call.parameters().get(i));
        }
        born = arguments.born();
        creator = user.lwp().proc();
        int errno = user.call(name, values);
        if (errno != 0) {
            return Errno.name(errno);
        }
        long value = user.lwp().frame().result();
        return call.result() == ResultKind.HEX ? "0x" + Long.toHexString(value)
                : call.result() == ResultKind.NONE ? "0" : Long.toString(value);
    }

    /** The park call of the revision: {@code park()}, {@code park(TIME)}. */
    private Function<User, String> park(List<String> arguments) {
        String time = arguments.isEmpty() ? "NULL" : arguments.get(0);
        List<String> texts = old
                ? List.of(time.equals("NULL") ? time : "realtime+" + time, "0", "0x1000", "0")
                : List.of("CLOCK_MONOTONIC", "0", time, "0", "0x1000", "0");
        return user -> call(user, old ? "___lwp_park50" : "___lwp_park60", texts);
    }

    /** Creates an actor: {@code new(B)}, {@code new(B, LWP_DETACHED)}. */
    private Function<User, String> create(List<String> arguments) {
        List<String> texts = new ArrayList<>(List.of("ctx(" + arguments.get(0) + ")"));
        texts.add(arguments.size() > 1 ? arguments.get(1) : "0");
        texts.add("@new");
        return user -> call(user, "_lwp_create", texts);
    }

    /** Makes an LWP that stays as it is before its creator knows its id. */
    private void embryo(User user, String name) {
        LwpLife life = user.lwp().proc().processes().lwpLife();
        Lwp embryo = life.create(user.lwp(), false, user.lwp().signalMask());
        UserContext context = user.startContext(stage.actor(name)::live, 0);
        embryo.begin(user.lwp(), context);
        stage.actor(name).is(embryo);
    }

    /** Has the process note a signal with the LWP that takes it: {@code handle(SIGUSR1, SA_RESTART)}. */
    private void handle(User user, List<String> arguments) {
        Handler handler = (in, signo, info, context) -> stage.actors().values().stream()
                .filter(a -> a.known() && a.lwp() == in.lwp()).forEach(a -> a.handled(Signal.name(signo)));
        int flags = arguments.contains("SA_RESTART") ? SignalAction.SA_RESTART : 0;
        assertEquals(0, user.handle(signal(arguments.get(0)), handler, flags, 0));
    }

    /** Sets the alternate signal stack. */
    private static void signalStack(User user, long bytes) {
        long at = user.scratch() + 512;
        user.storeLong(at, user.map(bytes));
        user.storeLong(at + Long.BYTES, bytes);
        user.storeLong(at + 2 * Long.BYTES, 0);
        assertEquals(0, user.call("__sigaltstack14", at, 0));
    }

    private static int signal(String name) {
        int signo = 1;
        while (!Signal.name(signo).equals(name)) {
            signo++;
        }
        return signo;
    }

    /** A sleep that nothing ends early, as for a disk. */
    private static void sleepInKernel(User user, String time) {
        int ticks = (int) (Words.duration(time) / Dispatcher.TICK_NANOS);
        user.lwp().proc().processes().sleep().kpause("test", ticks, false);
    }

    /** Computes and lets nobody else have the CPU, until it sleeps; schedulers take the priority away again. */
    private static void holdCpu(User user, long nanos) {
        for (long done = 0; done < nanos; done += STEP_NANOS) {
            user.lwp().proc().processes().dispatcher().changePriority(user.lwp(), Priority.USER_RT);
            user.compute(STEP_NANOS);
        }
    }

    private static void start(User user, Lwp embryo) {
        user.lwp().proc().processes().lwpLife().start(user.lwp(), embryo, 0);
    }

    /** Finds out which LWP the last context became. */
    void bind() {
        Lwp newest = born == null ? null : creator.newestLwp();
        if (newest != null
                && stage.actors().values().stream().noneMatch(a -> a.known() && a.lwp() == newest)) {
            stage.actor(born).is(newest);
        }
        born = null;
    }
}
