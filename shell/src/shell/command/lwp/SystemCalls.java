// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Direction;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import machine.core.engine.RunLimit;
import shell.command.argument.Argument;
import shell.command.kernel.Kernels;
import shell.command.kernel.Running;
import shell.command.kernel.TaskName;
import userland.puppet.PuppetArgument;
import userland.puppet.PuppetCall;
import userland.puppet.PuppetControl;

/** Starts the system calls of puppets, remembers how their arguments were typed, and tells what became of them. */
public final class SystemCalls {
    private static final long SECOND = 1_000_000_000L;
    /** Longest time for which {@link #settle} runs: others may keep the CPUs. */
    private static final long SETTLE_NANOS = SECOND;

    private final Supplier<PuppetControl> puppets;
    private final Map<PuppetCall, List<Argument>> typed = new WeakHashMap<>();
    /** The last call of each LWP, by its label; it outlives the LWP. */
    private final Map<Kernel, Map<String, PuppetCall>> last = new WeakHashMap<>();

    public SystemCalls(Supplier<PuppetControl> puppets) {
        this.puppets = puppets;
    }

    /**
     * Makes an LWP begin a call; on the engine thread at a safe point.
     *
     * @throws IllegalStateException if it is no puppet, or busy
     */
    synchronized PuppetCall begin(Kernel kernel, Lwp lwp, SyscallDescriptor call, List<Argument> arguments) {
        long[] words = new long[arguments.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments.get(i) instanceof Argument.Word word ? word.value() : 0;
        }
        List<PuppetArgument> placed = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            placed.add(place(kernel, call, i, arguments.get(i), words));
        }
        PuppetCall begun = puppets.get().call(lwp, call, placed);
        typed.put(begun, List.copyOf(arguments));
        last.computeIfAbsent(kernel, k -> new HashMap<>()).put(label(begun), begun);
        return begun;
    }

    /**
     * The last call of an LWP, alive or not; on the engine thread.
     *
     * @throws IllegalArgumentException if it has made none
     */
    synchronized PuppetCall last(Kernel kernel, TaskName name) {
        String label = name.first() ? Kernels.lwp(kernel, name).label() : name.toString();
        PuppetCall call = last.getOrDefault(kernel, Map.of()).get(label);
        if (call == null) {
            throw new IllegalArgumentException(label + " has made no call; sys " + label + " CALL makes one");
        }
        return call;
    }

    /**
     * Lets an LWP that was woken, and has not run since, come back from its call or go to sleep again, so that users
     * find it in one of the two. Does nothing for any other, nor while the kernel runs in the background.
     */
    void settle(Kernel kernel, TaskName name) throws InterruptedException {
        PuppetCall call = kernel.ask(engine -> unsettled(kernel, name));
        if (call != null && !kernel.thread().running()) {
            long until = kernel.ask(engine -> engine.nowNanos()) + SETTLE_NANOS;
            Running.run(kernel, RunLimit.until(until).stoppingWhenQuiescent().orWhen(() -> call.state() != PuppetCall.State.RUNNING));
        }
    }

    private synchronized PuppetCall unsettled(Kernel kernel, TaskName name) {
        Proc process = kernel.processes().table().find(name.pid());
        String label = name.first() && process != null ? Kernels.lwp(kernel, name).label() : name.toString();
        PuppetCall call = last.getOrDefault(kernel, Map.of()).get(label);
        return call != null && call.state() == PuppetCall.State.RUNNING ? call : null;
    }

    private static String label(PuppetCall call) {
        return call.pid() + "." + call.lid();
    }

    private static PuppetArgument place(Kernel kernel, SyscallDescriptor call, int index, Argument argument, long[] words) {
        return switch (argument) {
            case Argument.Word word -> new PuppetArgument.Word(word.value());
            case Argument.Bytes bytes -> new PuppetArgument.Data(bytes.content());
            case Argument.Time time -> new PuppetArgument.Data(timespec(kernel, call, time, words));
            case Argument.Context context -> new PuppetArgument.NewContext();
            case Argument.Out out -> new PuppetArgument.Out(new OutValues(kernel.processes().wordBits())
                    .size(call, index, kernel.processes().codec().size(), words));
        };
    }

    private static byte[] timespec(Kernel kernel, SyscallDescriptor call, Argument.Time time, long[] words) {
        long seconds = time.seconds();
        long nanos = time.nanos();
        if (time.fromNow()) {
            long then = kernel.processes().clocks().nanos(clock(call, words)) + seconds * SECOND + nanos;
            seconds = then / SECOND;
            nanos = then % SECOND;
        }
        ByteBuffer bytes = ByteBuffer.allocate(OutValues.TIMESPEC_BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(seconds);
        return kernel.processes().wordBits() == Integer.SIZE ? bytes.putInt((int) nanos).array() : bytes.putLong(nanos).array();
    }

    /** The clock a call names; one that names none keeps to the wall clock. */
    private static int clock(SyscallDescriptor call, long[] words) {
        int index = call.indexOf("clock_id");
        return index < 0 ? LwpRevisionHost.CLOCK_REALTIME : (int) words[index];
    }

    /** What became of a call; on the engine thread. */
    synchronized SysResult result(Kernel kernel, PuppetCall call) {
        SyscallDescriptor descriptor = call.descriptor();
        List<Argument> arguments = typed.getOrDefault(call, List.of());
        boolean returned = call.state() == PuppetCall.State.FINISHED;
        Map<String, Object> out = new LinkedHashMap<>();
        Map<String, String> shown = new LinkedHashMap<>();
        if (returned) {
            collect(kernel, call, arguments, out, shown);
        }
        boolean failed = returned && call.errno() != 0;
        return new SysResult(label(call), descriptor.name(), arguments.stream().map(Argument::shown).toList(),
                returned, returned && !failed ? call.value() : -1, failed ? Errno.name(call.errno()) : "", out, shown,
                descriptor.result() == ResultKind.HEX, returned ? "" : state(kernel, call));
    }

    private static void collect(Kernel kernel, PuppetCall call, List<Argument> arguments, Map<String, Object> out, Map<String, String> shown) {
        OutValues values = new OutValues(kernel.processes().wordBits());
        for (int i = 0; i < arguments.size(); i++) {
            Parameter parameter = arguments.get(i).parameter();
            byte[] memory = parameter.direction() == Direction.IN ? null : call.memory(i);
            if (memory != null && memory.length > 0) {
                Object value = values.value(call.descriptor(), i, memory, call.value());
                out.put(parameter.name(), value);
                if (arguments.get(i) instanceof Argument.Out) {
                    shown.put(parameter.name(), OutValues.shown(parameter, value));
                }
            }
        }
    }

    private static String state(Kernel kernel, PuppetCall call) {
        if (call.state() == PuppetCall.State.EXITED) {
            return "exited";
        }
        Proc process = kernel.processes().table().find(call.pid());
        Lwp lwp = process == null ? null : process.anyLwp(call.lid());
        return lwp == null ? "exited" : States.withReason(lwp);
    }
}
