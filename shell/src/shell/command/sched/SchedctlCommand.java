// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.deed.SchedulingDeeds;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;

/** {@code schedctl}: class, priority, affinity and nice value of LWPs. */
public final class SchedctlCommand extends Command {
    private static final int WORST_NICE = 20;
    private final Kernels kernels;

    /** How an LWP is scheduled. */
    record Row(String lwp, String schedClass, Integer priority, int nice, String affinity, int pset, int cpu) {
        static Row of(Task task) {
            boolean realTime = task.schedClass() != SchedClass.OTHER;
            return new Row(task.label(), SchedClass.name(task.schedClass()),
                    realTime ? (Integer) (task.priority() - Priority.USER_RT) : null,
                    task.nice() - Task.NICE_NEUTRAL, task.affinity() == null ? null : task.affinity().toString(),
                    task.processorSet(), task.cpu().id());
        }
    }

    public SchedctlCommand(Kernels kernels) {
        super("sched", "schedctl", "shows or sets class, priority, affinity and nice value of LWPs");
        this.kernels = kernels;
        takes("PID[.LID]", 1, 1, Candidates.TASK);
        has(Option.of("--class", "OTHER|FIFO|RR", "scheduling class"),
                Option.of("--priority", "N", "priority in a real-time class, 0 to 63"),
                Option.of("--affinity", "CPU,...", "CPUs it may run on; none for all of its processor set"),
                Option.of("--nice", "N", "-20 to 20"));
        example("schedctl 1.2 --class RR --priority 10 --affinity 0,2");
        details("Without a lid all LWPs of the process are meant. What is set survives every swap.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        TaskName name = TaskName.parse(in.text(0));
        int schedClass = in.option("--class") == null ? SchedClass.NONE : schedClass(in.option("--class"));
        int priority = in.option("--priority") == null ? Priority.NONE : priority(in.option("--priority"));
        Integer nice = in.option("--nice") == null ? null : (Integer) nice(in.option("--nice"));
        if (schedClass != SchedClass.NONE || priority != Priority.NONE) {
            SchedulingDeeds.schedule(name, schedClass, priority).perform(kernel);
        }
        if (in.option("--affinity") != null) {
            Refused.unless(SchedulingDeeds.affinity(name, cpus(in.option("--affinity"))).perform(kernel),
                    "the affinity cannot be set", "a CPU belongs to a processor set (pset shows it), or all are offline");
        }
        if (nice != null) {
            SchedulingDeeds.nice(name, nice).perform(kernel);
        }
        return kernel.ask(engine -> new Rows<>(Row.class, SchedulingDeeds.lwps(kernel, name).stream()
                .sorted(Comparator.comparing(Task::lid)).map(Row::of).toList()));
    }

    private static int schedClass(String word) {
        return switch (word.replaceFirst("^SCHED_", "")) {
            case "OTHER" -> SchedClass.OTHER;
            case "FIFO" -> SchedClass.FIFO;
            case "RR" -> SchedClass.RR;
            default -> throw new IllegalArgumentException("there is no class " + word + "; there are OTHER, FIFO and RR");
        };
    }

    private static int priority(String word) {
        int priority = Numbers.natural(word, "--priority");
        if (priority > Priority.SCHED_PRI_MAX) {
            throw new IllegalArgumentException("--priority is " + word + "; give 0 to " + Priority.SCHED_PRI_MAX);
        }
        return priority;
    }

    private static int nice(String word) {
        long nice = Numbers.parse(word, "--nice");
        if (Math.abs(nice) > WORST_NICE) {
            throw new IllegalArgumentException("--nice is " + word + "; give -20 to 20");
        }
        return (int) nice;
    }

    private static List<String> cpus(String words) {
        return words.equals("none") ? List.of() : Stream.of(words.split(",", -1)).toList();
    }
}
