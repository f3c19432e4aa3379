// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;

/** What an actor can be told to do: system calls, and what prepares a situation for them. */
final class Deeds {
    private final Stage stage;
    private final Memory memory;
    private final boolean old;
    private final Map<String, Deed> others = new TreeMap<>();
    /** The actor that the context of the running call starts, and the process it will belong to. */
    private String born;
    private Proc creator;

    Deeds(Stage stage, Memory memory, String revision) {
        this.stage = stage;
        this.memory = memory;
        this.old = revision.equals("1.47");
        others.put("prepare", (user, arguments) -> memory.map(user));
        others.put("fork", (user, arguments) -> user.fork(stage.actor(arguments.get(0))::live));
        others.put("sleep", (user, arguments) -> user.sleep(Words.duration(arguments.get(0))));
        others.put("compute", (user, arguments) -> user.compute(Words.duration(arguments.get(0))));
        others.put("store", (user, arguments) ->
                user.store(arguments(user).value(arguments.get(0)), (int) arguments(user).value(arguments.get(1))));
        others.putAll(new KernelDeeds(stage).all());
        others.putAll(new SignalDeeds(stage).all());
        others.putAll(new MemoryDeeds().all());
    }

    /** What the actor has to run; gives the outcome. */
    Function<User, String> order(String name, String argumentText) {
        List<String> arguments = Words.arguments(argumentText);
        if (name.equals("park")) {
            return park(arguments);
        }
        if (name.equals("new")) {
            return create(arguments);
        }
        Deed deed = others.get(name);
        return deed == null ? user -> call(user, name, arguments) : user -> {
            deed.perform(user, arguments);
            return "0";
        };
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
            values[i] = arguments.value(texts.get(i), call.parameters().get(i).symbols());
        }
        born = arguments.born();
        creator = user.lwp().proc();
        int errno = user.call(name, values);
        return errno != 0 ? Errno.name(errno) : value(call.result(), user.lwp().frame().result());
    }

    private static String value(ResultKind kind, long value) {
        return switch (kind) {
            case NONE -> "0";
            case DECIMAL -> Long.toString(value);
            case HEX -> "0x" + Long.toHexString(value);
        };
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
        List<String> texts = List.of("ctx(" + arguments.get(0) + ")", arguments.size() > 1 ? arguments.get(1) : "0",
                "@new");
        return user -> call(user, "_lwp_create", texts);
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
