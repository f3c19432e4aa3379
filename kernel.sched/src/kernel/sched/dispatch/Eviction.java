// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.engine.Cpu;
import machine.core.slot.VariantHandle;

/**
 * Takes all tasks away from a scheduler that failed and gives them to the fallback.
 *
 * <p>Nothing is asked of the failed one: runnable tasks are found by their state, so what it lost is found too.
 * Their order within a priority is by age.
 */
final class Eviction {
    private static final int KEPT = 16;
    private static final int FRAMES = 64;
    /** So many schedulers in a row may fail to take over; then nobody is asked any more. */
    private static final int MOST_DEPTH = 8;

    private final Dispatcher dispatcher;
    private final SchedulerPort port;
    private Function<String, VariantHandle> fallback = failed -> null;
    private VariantHandle handle;
    private SchedulerFault lastFault;
    private int count;
    /** Evictions under way: successors that fail while they take over. */
    private int depth;
    private final List<EvictionReport> reports = new ArrayList<>();

    Eviction(Dispatcher dispatcher, SchedulerPort port) {
        this.dispatcher = dispatcher;
        this.port = port;
    }

    void fallback(Function<String, VariantHandle> source) {
        fallback = source;
    }

    /** The handle of the active scheduler; the slot sets it at commit. */
    VariantHandle handle() {
        return handle;
    }

    void setHandle(VariantHandle active) {
        handle = active;
    }

    SchedulerFault lastFault() {
        return lastFault;
    }

    int count() {
        return count;
    }

    /** What happened, oldest first; the latest {@value #KEPT}. */
    List<EvictionReport> reports() {
        return List.copyOf(reports);
    }

    void evict(EvictionReport.Kind kind, String callback, String problem) {
        evict(kind, new SchedulerFault(port.variant(), callback, problem, null));
    }

    void evict(EvictionReport.Kind kind, String callback, Throwable cause) {
        String problem = kind == EvictionReport.Kind.OVERDUE ? cause.getMessage() : "it threw " + cause;
        evict(kind, new SchedulerFault(port.variant(), callback, problem, cause));
    }

    private void evict(EvictionReport.Kind kind, SchedulerFault fault) {
        lastFault = fault;
        count++;
        VariantHandle old = handle;
        handle = null;
        port.install(null, null);
        dispatcher.callout().handOver();
        VariantHandle next = depth < MOST_DEPTH ? fallback.apply(fault.variant()) : null;
        report(kind, fault, next == null ? null : next.variant());
        if (old != null) {
            old.release();
        }
        depth++;
        if (next != null) {
            takeOver(next);
        }
        if (lastFault == fault) {
            collect();
        }
        depth--;
        if (port.active() == null) {
            dispatcher.engine().halt(fault.getMessage() + "; " + SchedSlot.NO_SCHEDULER);
        }
    }

    private void report(EvictionReport.Kind kind, SchedulerFault fault, String successor) {
        Cpu cpu = dispatcher.engine().current();
        List<String> stack = new ArrayList<>();
        if (fault.getCause() != null) {
            StackTraceElement[] frames = fault.getCause().getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                stack.add(frames[i].toString());
            }
        }
        if (reports.size() == KEPT) {
            reports.removeFirst();
        }
        reports.add(new EvictionReport(kind, fault.variant(), successor, fault.getMessage(),
                cpu == null ? -1 : cpu.id(), dispatcher.here().current().label(), dispatcher.engine().nowNanos(),
                dispatcher.engine().events().count(), dispatcher.engine().seed(), port.decisions().lines(), stack));
        port.decisions().clear();
    }

    private void takeOver(VariantHandle next) {
        handle = next;
        Scheduler scheduler = (Scheduler) next.instance();
        port.install(scheduler, next.variant());
        TaskRecord record = new TaskRecord();
        port.tell("attach", s -> {
            s.attach(dispatcher.host());
            dispatcher.tunables().apply(s);
        });
        for (Task task = dispatcher.tasks().first(); task != null && port.active() == scheduler; task = task.allNext) {
            record.capture(task);
            record.apply(task);
            Task imported = task;
            port.tell("importTask", s -> s.importTask(imported, record));
        }
    }

    /** Queues every runnable task with whoever is active now; stops when that one fails too, as its eviction did it. */
    private void collect() {
        SchedulerFault fault = lastFault;
        port.orphans().clear();
        port.setQueued(0);
        for (Task task = dispatcher.tasks().first(); task != null; task = task.allNext) {
            task.runNext = null;
            task.runPrevious = null;
            task.runLevel = -1;
        }
        for (Task task = dispatcher.tasks().first(); task != null && lastFault == fault; task = task.allNext) {
            if (task.state() == TaskState.LSRUN) {
                port.enqueue(task, false);
            }
        }
        if (lastFault == fault) {
            dispatcher.engine().events().log(Events.FAULT, port.queued(), 0, 0);
        }
    }
}
