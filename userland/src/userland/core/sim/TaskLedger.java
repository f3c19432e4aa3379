// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.ProcessObserver;
import kernel.lwp.signal.Signal;
import kernel.sched.task.TaskAccounting;
import kernel.sched.task.TaskState;
import userland.sim.SimReport;

/** Keeps the figures of every LWP of a run, also of those that are gone. Engine thread only. */
final class TaskLedger implements ProcessObserver {
    /** By creation number, which orders the report. */
    private final Map<Long, SimReport.Task> tasks = new TreeMap<>();
    /** LWPs that ended in processes that have not. */
    private final Map<Proc, List<SimReport.Task>> ended = new IdentityHashMap<>();
    private long contentions;
    private final List<String> failures = new ArrayList<>();

    @Override
    public void lwpExited(Lwp lwp) {
        SimReport.Task task = describe(lwp);
        task.exit = "exited";
        tasks.put(lwp.serial(), task);
        ended.computeIfAbsent(lwp.proc(), unused -> new ArrayList<>()).add(task);
    }

    @Override
    public void procExited(Proc proc) {
        contentions += contentions(proc);
        List<SimReport.Task> own = ended.remove(proc);
        if (own != null) {
            own.forEach(task -> task.exit = exitText(proc));
        }
        if (proc.exitSignal() != 0) {
            failures.add(proc + " was killed by " + Signal.name(proc.exitSignal()));
        } else if (proc.exitStatus() != 0) {
            failures.add(proc + " exited with status " + proc.exitStatus());
        }
    }

    /** Adds the LWPs that are still there. */
    void addLiving(Iterable<Proc> processes) {
        for (Proc proc : processes) {
            contentions += proc.state() == Proc.State.ZOMBIE ? 0 : contentions(proc);
            proc.forEachLwp(lwp -> tasks.computeIfAbsent(lwp.serial(), unused -> describe(lwp)));
        }
    }

    private static long contentions(Proc proc) {
        return proc.lock().statistics().spins() + proc.lock().statistics().blocks();
    }

    /** How often a process lock was not free, over all processes. */
    long contentions() {
        return contentions;
    }

    List<SimReport.Task> tasks() {
        return new ArrayList<>(tasks.values());
    }

    /** Processes that did not end well. */
    List<String> failures() {
        return failures;
    }

    private static String exitText(Proc proc) {
        return proc.exitSignal() != 0 ? "signal " + proc.exitSignal() + " " + Signal.name(proc.exitSignal())
                : "exit " + proc.exitStatus();
    }

    private static SimReport.Task describe(Lwp lwp) {
        SimReport.Task task = new SimReport.Task();
        task.name = lwp.name() == null || lwp.name().isEmpty() ? lwp.proc().name() : lwp.name();
        task.pid = lwp.pid();
        task.lid = lwp.lid();
        TaskAccounting figures = lwp.accounting();
        // The kernel adds up at switches: what went on since the last one is added here.
        long since = Math.max(0, lwp.proc().processes().engine().nowNanos() - figures.stampNanos());
        task.runNanos = figures.runNanos() + (lwp.onCpu() ? since : 0);
        task.waitNanos = figures.waitNanos() + (!lwp.onCpu() && lwp.state() == TaskState.LSRUN ? since : 0);
        task.workNanos = figures.workNanos();
        task.migrations = figures.migrations();
        task.wakeupP50Nanos = figures.wakeupLatency().p50();
        task.wakeupP99Nanos = figures.wakeupLatency().p99();
        task.wakeupMaxNanos = figures.wakeupLatency().max();
        task.exit = "running";
        return task;
    }
}
