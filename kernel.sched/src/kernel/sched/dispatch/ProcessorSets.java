// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import kernel.sched.errno.Errno;
import kernel.sched.task.CpuSet;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which CPUs and which tasks are kept for each other: processor sets, affinity, CPUs that are taken offline.
 *
 * <p>Models sys_pset.c 1.17, the mechanism below sys_sched.c 1.43 and cpu_setstate. A task of a set runs on its CPUs only,
 * and these run nothing else, but an affinity overrides the set. It belongs to the core: a swap of schedulers does not
 * touch it. Called in a task, or at a safe point. Methods that may fail return an errno, 0 for success.
 *
 * <p>DEVIATION: whenever a change leaves a task on a CPU where it may not be, and there is one where it may, it is moved at
 * once; the original leaves some until their next wake-up.
 */
@ProviderType
public final class ProcessorSets {
    /** The set that everything belongs to at first. */
    public static final int NONE = 0;
    private static final int LEAST_ROOM = 32;

    private final Dispatcher dispatcher;
    private final TreeSet<Integer> sets = new TreeSet<>();

    ProcessorSets(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Makes an empty set and returns its number, the lowest free one; 0 when there is no room (ENOMEM). */
    public int create() {
        int room = Math.max(dispatcher.cpuCount(), LEAST_ROOM);
        for (int set = 1; set <= room; set++) {
            if (sets.add(set)) {
                return set;
            }
        }
        return NONE;
    }

    /** True for a set that was made and not destroyed. */
    public boolean exists(int set) {
        return sets.contains(set);
    }

    /** The sets that were made, in order. */
    public List<Integer> all() {
        return List.copyOf(sets);
    }

    /** Ends a set; its CPUs and tasks go to the default one. EINVAL when there is no such set. */
    public int destroy(int set) {
        if (!sets.remove(set)) {
            return Errno.EINVAL;
        }
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            if (dispatcher.cpu(i).processorSet() == set) {
                dispatcher.cpu(i).setProcessorSet(NONE);
            }
        }
        dispatcher.forEachTask(task -> {
            if (task.processorSet() == set) {
                task.setProcessorSet(NONE);
            }
        });
        settle();
        return 0;
    }

    /**
     * Moves a CPU to a set.
     *
     * @return EBUSY when it is offline or the last CPU of the default set; EPERM when the affinity of some task names it
     */
    public int assign(CpuState cpu, int set) {
        boolean last = cpu.processorSet() == NONE && countOf(NONE) == 1;
        if (set != NONE && (cpu.has(CpuState.OFFLINE) || last)) {
            return Errno.EBUSY;
        }
        for (Task task = dispatcher.tasks().first(); task != null; task = task.allNext) {
            if (task.affinity() != null && task.affinity().contains(cpu.id())) {
                return Errno.EPERM;
            }
        }
        cpu.setProcessorSet(set);
        settle();
        return 0;
    }

    private int countOf(int set) {
        int count = 0;
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            count += dispatcher.cpu(i).processorSet() == set ? 1 : 0;
        }
        return count;
    }

    /** Moves a task to a set that exists, or to the default one. */
    public void bind(Task task, int set) {
        task.setProcessorSet(set);
        settle(task);
    }

    /**
     * Whether these CPUs can be an affinity.
     *
     * @return EPERM when one of them belongs to a processor set, or all that exist are offline
     */
    public int checkAffinity(CpuSet cpus) {
        boolean offline = false;
        boolean online = false;
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            CpuState cpu = dispatcher.cpu(i);
            if (cpus.contains(i)) {
                if (cpu.processorSet() != NONE) {
                    return Errno.EPERM;
                }
                offline |= cpu.has(CpuState.OFFLINE);
                online |= !cpu.has(CpuState.OFFLINE);
            }
        }
        return offline && !online ? Errno.EPERM : 0;
    }

    /** The CPUs of a set that this machine has. */
    public CpuSet existing(CpuSet cpus) {
        CpuSet found = CpuSet.EMPTY;
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            found = cpus.contains(i) ? found.with(i) : found;
        }
        return found;
    }

    /** Gives a task an affinity that {@link #checkAffinity} passed, or none when it is null; moves the task if it must. */
    public void setAffinity(Task task, CpuSet cpus) {
        task.setAffinity(cpus);
        if (cpus != null && !task.bound() && !task.allowedOn(task.cpu())) {
            dispatcher.migrate(task, firstOnline(cpus));
        } else {
            settle(task);
        }
    }

    private CpuState firstOnline(CpuSet cpus) {
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            if (cpus.contains(i) && !dispatcher.cpu(i).has(CpuState.OFFLINE)) {
                return dispatcher.cpu(i);
            }
        }
        throw new IllegalArgumentException("no CPU of " + cpus + " is online");
    }

    /**
     * Takes a CPU out of use or back into it (cpu_setstate).
     *
     * @return EBUSY when it is the last one online of its set, or of an affinity
     */
    public int setOnline(CpuState cpu, boolean online) {
        if (online) {
            cpu.clearFlag(CpuState.OFFLINE);
            settle();
            dispatcher.resched().pokeAll();
            return 0;
        }
        if (cpu.has(CpuState.OFFLINE)) {
            return 0;
        }
        cpu.setFlag(CpuState.OFFLINE);
        if (strands(cpu)) {
            cpu.clearFlag(CpuState.OFFLINE);
            return Errno.EBUSY;
        }
        settle();
        return 0;
    }

    /** Whether a set or a task is without a CPU now that this one is offline. */
    private boolean strands(CpuState gone) {
        boolean others = false;
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            CpuState cpu = dispatcher.cpu(i);
            others |= cpu.processorSet() == gone.processorSet() && !cpu.has(CpuState.OFFLINE);
        }
        for (Task task = dispatcher.tasks().first(); others && task != null; task = task.allNext) {
            others = task.state() == TaskState.LSZOMB || task.cpu() != gone || !task.bound() && hasCpuFor(task);
        }
        return !others;
    }

    /** True when there is a CPU on which the task may run. */
    public boolean hasCpuFor(Task task) {
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            if (task.allowedOn(dispatcher.cpu(i))) {
                return true;
            }
        }
        return false;
    }

    private void settle() {
        List<Task> all = new ArrayList<>();
        dispatcher.forEachTask(all::add);
        all.forEach(this::settle);
    }

    /** Moves a task that is where it may not be. */
    void settle(Task task) {
        CpuState place = task.targetCpu() == null ? task.cpu() : task.targetCpu();
        if (task.state() == TaskState.LSZOMB || task.bound() || task.allowedOn(place) || !hasCpuFor(task)) {
            return;
        }
        CpuState target = dispatcher.port().selectCpu(task);
        if (target == task.cpu()) {
            task.setTargetCpu(null);
        } else {
            dispatcher.migrate(task, target);
        }
    }
}
