// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import machine.core.engine.InputRecord;
import shell.command.trace.TraceBuffer;

/** A kernel that this shell has booted, and what the shell remembers about it. */
public final class Booted {
    private final int id;
    private final Kernel kernel;
    /** What was done to the kernel before its own record began: a kernel made by {@code back} is a replay. */
    private final List<InputRecord> past;
    private TraceBuffer trace;

    Booted(int id, Kernel kernel, List<InputRecord> past) {
        this.id = id;
        this.kernel = kernel;
        this.past = List.copyOf(past);
    }

    /** Names it in {@code kernels}. */
    public int id() {
        return id;
    }

    public Kernel kernel() {
        return kernel;
    }

    /** Everything that was done to it from the outside since virtual time 0. */
    List<InputRecord> recording() {
        List<InputRecord> all = new ArrayList<>(past);
        all.addAll(kernel.thread().recording());
        return all;
    }

    /** What is being traced, or was; null if nothing ever was. */
    public TraceBuffer trace() {
        return trace;
    }

    public void trace(TraceBuffer buffer) {
        trace = buffer;
    }
}
