// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.SyscallTable;
import kernel.lwp.proc.Proc;
import kernel.vm.syscall.SyscallDescriptor;
import machine.core.engine.RunLimit;
import shell.command.argument.Argument;
import shell.command.argument.ArgumentReader;
import shell.command.kernel.Kernels;
import shell.command.kernel.Running;
import shell.command.kernel.TaskName;
import userland.puppet.PuppetCall;
import userland.puppet.PuppetControl;

/** The system calls that puppets were told to make, with their arguments as they were typed. Any thread may use it. */
public final class SystemCalls {
    /** Longest time for which {@link #settle} runs: others may keep the CPUs. */
    private static final long SETTLE_NANOS = 1_000_000_000L;

    private final SyscallTable table;
    private final Supplier<PuppetControl> puppets;
    private final Map<PuppetCall, List<Argument>> typed = new WeakHashMap<>();
    /** The last call of each LWP, by its label; it outlives the LWP. */
    private final Map<Kernel, Map<String, PuppetCall>> last = new WeakHashMap<>();

    public SystemCalls(SyscallTable table, Supplier<PuppetControl> puppets) {
        this.table = table;
        this.puppets = puppets;
    }

    /** A call and its arguments, read and found well-formed. */
    public record Prepared(SyscallDescriptor call, List<Argument> arguments) {
    }

    /**
     * Reads a call and its arguments.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public Prepared prepare(List<?> words) {
        SyscallDescriptor call = find(words.getFirst().toString());
        return new Prepared(call, ArgumentReader.read(call, words.subList(1, words.size())));
    }

    private SyscallDescriptor find(String name) {
        SyscallDescriptor call = table.find(name);
        if (call != null) {
            return call;
        }
        String bare = name.replaceFirst("^_+", "").toLowerCase(Locale.ROOT);
        List<String> near = table.all().stream().map(SyscallDescriptor::name).filter(n -> n.contains(bare)).toList();
        throw new IllegalArgumentException("there is no system call " + name
                + (near.isEmpty() ? "; Tab after sys PID lists them" : "; is it " + String.join(" or ", near) + "?"));
    }

    /**
     * Makes an LWP begin a call; on the engine thread at a safe point.
     *
     * @throws IllegalStateException if it is no puppet, or busy
     */
    public synchronized PuppetCall begin(Kernel kernel, TaskName name, Prepared prepared) {
        PuppetCall begun = puppets.get().call(Kernels.lwp(kernel, name), prepared.call(),
                Placement.of(kernel, prepared.call(), prepared.arguments()));
        typed.put(begun, prepared.arguments());
        last.computeIfAbsent(kernel, k -> new HashMap<>()).put(begun.pid() + "." + begun.lid(), begun);
        return begun;
    }

    /** What became of a call; on the engine thread. */
    synchronized SysResult result(Kernel kernel, PuppetCall call) {
        return Outcome.of(kernel, call, typed.getOrDefault(call, List.of()));
    }

    /**
     * The last call of an LWP, alive or not; on the engine thread.
     *
     * @throws IllegalArgumentException if it has made none
     */
    synchronized PuppetCall last(Kernel kernel, TaskName name) {
        String label = label(kernel, name);
        PuppetCall call = last.getOrDefault(kernel, Map.of()).get(label);
        if (call == null) {
            throw new IllegalArgumentException(label + " has made no call; sys " + label + " CALL makes one");
        }
        return call;
    }

    private static String label(Kernel kernel, TaskName name) {
        Proc process = kernel.processes().table().find(name.pid());
        return name.first() && process != null ? Kernels.lwp(kernel, name).label() : name.toString();
    }

    /**
     * Lets an LWP that was woken, and has not run since, come back from its call or go to sleep again, so that users
     * find it in one of the two. Does nothing for any other, nor while the kernel runs in the background.
     */
    void settle(Kernel kernel, TaskName name) throws InterruptedException {
        PuppetCall call = kernel.ask(engine -> unsettled(kernel, name));
        if (call != null && !kernel.thread().running()) {
            long until = kernel.ask(engine -> engine.nowNanos()) + SETTLE_NANOS;
            Running.run(kernel, RunLimit.until(until).stoppingWhenQuiescent().orWhen(() -> !running(call)));
        }
    }

    private synchronized PuppetCall unsettled(Kernel kernel, TaskName name) {
        PuppetCall call = last.getOrDefault(kernel, Map.of()).get(label(kernel, name));
        return call != null && running(call) ? call : null;
    }

    private static boolean running(PuppetCall call) {
        return call.state() == PuppetCall.State.RUNNING;
    }
}
