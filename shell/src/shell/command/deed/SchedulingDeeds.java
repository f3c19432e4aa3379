// SPDX-License-Identifier: BSD-2-Clause
package shell.command.deed;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.ProcessorSets;
import kernel.sched.errno.Errno;
import kernel.sched.task.CpuSet;
import kernel.sched.task.CpuState;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.vm.object.MemoryVariables;
import shell.command.argument.Numbers;
import shell.command.kernel.TaskName;

/**
 * What a superuser does to scheduling from outside: schedctl, pset, cpuctl, sysctl.
 *
 * <p>Each gives an errno, 0 for success; a name that means nobody is an {@link IllegalArgumentException}.
 */
public final class SchedulingDeeds {
    private SchedulingDeeds() {
    }

    /**
     * Sets class and priority of LWPs; {@code schedClass} or {@code priority} may be -1 for the one they have.
     *
     * @param priority 0 to 63 of a real-time class
     */
    public static Deed<Integer> schedule(TaskName name, int schedClass, int priority) {
        return new Deeds.Plain<>("schedctl class " + name + " " + schedClass + " " + priority, kernel -> {
            lwps(kernel, name).forEach(l -> schedule(kernel.dispatcher(), l, schedClass, priority));
            return 0;
        });
    }

    private static void schedule(Dispatcher dispatcher, Task task, int schedClass, int priority) {
        int wanted = schedClass == SchedClass.NONE ? task.schedClass() : schedClass;
        boolean was = task.schedClass() != SchedClass.OTHER;
        boolean will = wanted != SchedClass.OTHER;
        if (!will && priority != Priority.NONE) {
            throw new IllegalArgumentException(task + " is of SCHED_OTHER, which has no priorities to set; give --class");
        }
        int next = task.priority();
        if (will && priority != Priority.NONE) {
            next = Priority.USER_RT + priority;
        } else if (was != will) {
            next = will ? Priority.USER_RT : task.priority() - Priority.USER_RT;
        }
        dispatcher.setClass(task, wanted, next);
    }

    /** Sets the nice value of LWPs, -20 to 20. */
    public static Deed<Integer> nice(TaskName name, int nice) {
        return new Deeds.Plain<>("schedctl nice " + name + " " + nice, kernel -> {
            lwps(kernel, name).forEach(l -> kernel.dispatcher().nice(l, Task.NICE_NEUTRAL + nice));
            return 0;
        });
    }

    /** Sets the affinity of LWPs; an empty list clears it. */
    public static Deed<Integer> affinity(TaskName name, List<?> cpus) {
        return new Deeds.Plain<>(DeedText.join(List.of("schedctl", "affinity", name, cpus)), kernel -> {
            ProcessorSets sets = kernel.dispatcher().processorSets();
            CpuSet wanted = CpuSet.EMPTY;
            for (Object cpu : cpus) {
                wanted = wanted.with(cpu(kernel, cpu).id());
            }
            int error = sets.checkAffinity(wanted);
            CpuSet affinity = wanted.isEmpty() ? null : wanted;
            if (error == 0) {
                lwps(kernel, name).forEach(l -> sets.setAffinity(l, affinity));
            }
            return error;
        });
    }

    /** Makes a processor set; gives its number, negative if there is no room. */
    public static Deed<Integer> createSet() {
        return new Deeds.Plain<>("pset create", kernel -> {
            int set = kernel.dispatcher().processorSets().create();
            return set == ProcessorSets.NONE ? -Errno.ENOMEM : set;
        });
    }

    /** Ends a processor set. */
    public static Deed<Integer> destroySet(int set) {
        return new Deeds.Plain<>("pset destroy " + set, kernel -> kernel.dispatcher().processorSets().destroy(set));
    }

    /** Gives a CPU to a processor set, 0 for the default one. */
    public static Deed<Integer> assign(int set, Object cpu) {
        return new Deeds.Plain<>("pset assign " + set + " " + cpu, kernel -> {
            ProcessorSets sets = kernel.dispatcher().processorSets();
            return known(sets, set) ? sets.assign(cpu(kernel, cpu), set) : Errno.EINVAL;
        });
    }

    /** Gives LWPs to a processor set. */
    public static Deed<Integer> bind(int set, TaskName name) {
        return new Deeds.Plain<>("pset bind " + set + " " + name, kernel -> {
            ProcessorSets sets = kernel.dispatcher().processorSets();
            if (!known(sets, set)) {
                return Errno.EINVAL;
            }
            lwps(kernel, name).forEach(l -> sets.bind(l, set));
            return 0;
        });
    }

    private static boolean known(ProcessorSets sets, int set) {
        return set == ProcessorSets.NONE || sets.exists(set);
    }

    /** Takes a CPU out of use or back into it. */
    public static Deed<Integer> online(Object cpu, boolean online) {
        return new Deeds.Plain<>("cpuctl " + (online ? "online " : "offline ") + cpu, kernel ->
                kernel.dispatcher().processorSets().setOnline(cpu(kernel, cpu), online));
    }

    /** Sets a number of {@code kern.sched}, or of the memory layer by its whole name. */
    public static Deed<Integer> tune(String name, int value) {
        return new Deeds.Plain<>("sysctl " + name + " " + value, kernel -> {
            MemoryVariables memory = kernel.vm().context().tunables().variables();
            if (memory.has(name)) {
                memory.set(name, value);
            } else {
                kernel.dispatcher().tunables().set(name, value);
            }
            return 0;
        });
    }

    /** Makes one from its text. */
    static Deed<?> read(String text, List<Object> words) {
        String verb = words.get(0) + " " + words.get(1);
        return switch (verb) {
            case "schedctl class" -> schedule(name(words, 2), number(words, 3), number(words, 4));
            case "schedctl nice" -> nice(name(words, 2), number(words, 3));
            case "schedctl affinity" -> affinity(name(words, 2), (List<?>) words.get(3));
            case "pset create" -> createSet();
            case "pset destroy" -> destroySet(number(words, 2));
            case "pset assign" -> assign(number(words, 2), words.get(3));
            case "pset bind" -> bind(number(words, 2), name(words, 3));
            case "cpuctl online", "cpuctl offline" -> online(words.get(2), verb.endsWith("online"));
            default -> {
                if (words.get(0).equals("sysctl")) {
                    yield tune(words.get(1).toString(), number(words, 2));
                }
                throw new IllegalArgumentException("this cannot be done again: " + text);
            }
        };
    }

    private static TaskName name(List<Object> words, int index) {
        return TaskName.parse(words.get(index).toString());
    }

    private static int number(List<Object> words, int index) {
        return (int) Numbers.parse(words.get(index), "number");
    }

    private static CpuState cpu(Kernel kernel, Object word) {
        int id = Numbers.natural(word, "a CPU");
        if (id >= kernel.dispatcher().cpuCount()) {
            throw new IllegalArgumentException("there is no CPU " + id + "; they are 0 to "
                    + (kernel.dispatcher().cpuCount() - 1));
        }
        return kernel.dispatcher().cpu(id);
    }

    /** The LWPs that a name means: all of the process, or one. Oldest last. */
    public static List<Lwp> lwps(Kernel kernel, TaskName name) {
        Proc p = kernel.processes().table().find(name.pid());
        if (p == null) {
            throw new IllegalArgumentException("there is no process " + name.pid() + "; ps lists them");
        }
        List<Lwp> found = new ArrayList<>();
        p.forEachLwp(l -> {
            if (p.liveLwp(l.lid()) == l && (name.first() || name.lid() == l.lid())) {
                found.add(l);
            }
        });
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no LWP " + name + "; lwps lists them");
        }
        return found;
    }
}
