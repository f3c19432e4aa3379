// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import machine.core.engine.InputRecord;

/** The kernels of this shell, and which of them its commands mean. Any thread may use it. */
public final class Kernels implements AutoCloseable {
    private final KernelFactory factory;
    private final List<Booted> booted = new ArrayList<>();
    private Booted current;
    private int lastId;

    public Kernels(KernelFactory factory) {
        this.factory = factory;
    }

    public KernelFactory factory() {
        return factory;
    }

    /** What a kernel is like unless its user says otherwise. */
    public static KernelConfig standard() {
        return KernelConfig.standard();
    }

    /** The kernel that commands mean; the first use boots one. */
    public synchronized Booted current() {
        return current == null ? boot(standard()) : current;
    }

    /** The same, for those who only want the kernel. */
    public Kernel kernel() {
        return current().kernel();
    }

    /** Boots a kernel and makes it the current one. */
    public synchronized Booted boot(KernelConfig config) {
        return add(factory.boot(config), List.of());
    }

    /** Puts another kernel in the place of one, which ends. */
    synchronized void replace(Booted before, Kernel next, List<InputRecord> past) {
        Booted after = new Booted(before.id(), next, past);
        booted.set(booted.indexOf(before), after);
        current = current == before ? after : current;
        before.kernel().close();
    }

    private synchronized Booted add(Kernel kernel, List<InputRecord> past) {
        current = new Booted(++lastId, kernel, past);
        booted.add(current);
        return current;
    }

    synchronized List<Booted> all() {
        return List.copyOf(booted);
    }

    synchronized void select(int id) {
        current = find(id);
    }

    /** Ends a kernel; if it was the current one, the newest of the others is current. */
    synchronized void end(int id) {
        Booted ended = find(id);
        booted.remove(ended);
        if (ended == current) {
            current = booted.isEmpty() ? null : booted.getLast();
        }
        ended.kernel().close();
    }

    private Booted find(int id) {
        return booted.stream().filter(b -> b.id() == id).findFirst().orElseThrow(
                () -> new IllegalArgumentException("there is no kernel " + id + "; kernels lists them"));
    }

    /** Ends all kernels. */
    @Override
    public synchronized void close() {
        booted.forEach(b -> b.kernel().close());
        booted.clear();
        current = null;
    }

    /** A process by its id; on the engine thread of the kernel. */
    public static Proc process(Kernel kernel, int pid) {
        Proc process = kernel.processes().table().find(pid);
        if (process == null) {
            throw new IllegalArgumentException("there is no process " + pid + "; ps lists them");
        }
        return process;
    }

    /** An LWP; on the engine thread of the kernel. */
    public static Lwp lwp(Kernel kernel, TaskName name) {
        Proc process = process(kernel, name.pid());
        Lwp lwp = name.first() ? oldest(process) : process.anyLwp(name.lid());
        if (lwp == null) {
            throw new IllegalArgumentException("process " + name.pid() + " has no LWP"
                    + (name.first() ? "" : " " + name.lid()) + "; lwps " + name.pid() + " lists them");
        }
        return lwp;
    }

    private static Lwp oldest(Proc process) {
        Lwp oldest = null;
        for (Lwp lwp = process.newestLwp(); lwp != null; lwp = lwp.nextInProcess()) {
            oldest = lwp;
        }
        return oldest;
    }
}
