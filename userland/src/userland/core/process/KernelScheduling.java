// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.CpuSet;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import userland.core.rtapp.RtScheduling;
import userland.core.rtapp.ThreadScheduling;
import userland.core.text.Tally;
import userland.program.User;

/**
 * Gives the calling LWP its scheduling class, priority and CPUs.
 *
 * <p>DEVIATION: rt-app's threads may do what _sched_setparam and _sched_setaffinity refuse to a user, and the nice value
 * belongs to a process here, not to a thread; so the dispatcher is told directly.
 */
public final class KernelScheduling implements ThreadScheduling {
    private static final int MIN_NICE = -20;
    private static final int MAX_NICE = 19;
    private static final int RT_PRIORITIES = 64;

    private final Tally unsupported;

    /** @param unsupported counts what cannot be done */
    public KernelScheduling(Tally unsupported) {
        this.unsupported = unsupported;
    }

    @Override
    public void apply(User user, RtScheduling scheduling) {
        Lwp lwp = ((LwpUser) user).lwp();
        Dispatcher dispatcher = lwp.proc().processes().dispatcher();
        if (scheduling.policy() != null) {
            setPolicy(dispatcher, lwp, scheduling);
        } else if (scheduling.priority() != null) {
            setNice(dispatcher, lwp, scheduling.priority());
        }
        if (scheduling.cpus() != null) {
            setCpus(user, dispatcher, lwp, scheduling.cpus());
        }
    }

    private void setPolicy(Dispatcher dispatcher, Task task, RtScheduling scheduling) {
        int schedClass = switch (scheduling.policy()) {
            case "SCHED_FIFO" -> SchedClass.FIFO;
            case "SCHED_RR" -> SchedClass.RR;
            default -> SchedClass.OTHER;
        };
        boolean wasRealTime = task.schedClass() != SchedClass.OTHER;
        int wanted = scheduling.priority() == null ? 0 : scheduling.priority();
        if (schedClass == SchedClass.OTHER) {
            dispatcher.setClass(task, schedClass, task.priority() - (wasRealTime ? Priority.USER_RT : 0));
            if (scheduling.priority() != null) {
                setNice(dispatcher, task, wanted);
            }
        } else {
            dispatcher.setClass(task, schedClass, Priority.USER_RT + Math.clamp(wanted, 0, RT_PRIORITIES - 1));
        }
    }

    private void setNice(Dispatcher dispatcher, Task task, int nice) {
        if (nice < MIN_NICE || nice > MAX_NICE) {
            unsupported.add("rt-app priority " + nice + " of SCHED_OTHER");
        } else {
            dispatcher.nice(task, Task.NICE_NEUTRAL + nice);
        }
    }

    private void setCpus(User user, Dispatcher dispatcher, Task task, List<Integer> cpus) {
        CpuSet set = CpuSet.EMPTY;
        for (int cpu : cpus) {
            if (cpu < dispatcher.cpuCount()) {
                set = set.with(cpu);
            } else {
                unsupported.add("rt-app cpu " + cpu + " of a machine with " + dispatcher.cpuCount());
            }
        }
        if (set.isEmpty()) {
            return;
        }
        boolean moves = !set.contains(task.cpu().id());
        dispatcher.processorSets().setAffinity(task, set);
        if (moves) {
            user.yield();
        }
    }
}
