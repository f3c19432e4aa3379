// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import kernel.lwp.kernel.Kernel;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.ProcessorSets;
import kernel.sched.errno.Errno;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.deed.SchedulingDeeds;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;

/** {@code pset}: processor sets, their CPUs and how many LWPs belong to them. */
public final class PsetCommand extends Command {
    private static final String USAGE = "write pset, pset create, pset destroy SET, pset assign SET CPU or "
            + "pset bind SET PID[.LID]";
    private static final String LISTED = "pset lists them";
    private final Kernels kernels;

    /** A processor set; 0 is the default one. */
    record Row(int pset, String cpus, long lwps) {
    }

    public PsetCommand(Kernels kernels) {
        super("sched", "pset", "shows processor sets; makes them and moves CPUs and LWPs into them");
        this.kernels = kernels;
        takes("[create | destroy SET | assign SET CPU | bind SET PID[.LID]]", 0, 3, Candidates.NONE);
        example("pset assign 1 3");
        details("Set 0 is the default one. The CPUs of a set run nothing but its LWPs, and these run nowhere else.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        if (in.has(0)) {
            change(kernel, in);
        }
        return kernel.ask(engine -> new Rows<>(Row.class, rows(kernel.dispatcher())));
    }

    private static void change(Kernel kernel, Invocation in) {
        switch (in.text(0) + " " + in.count()) {
            case "create 1" -> Refused.unless(Math.min(0, SchedulingDeeds.createSet().perform(kernel)) * -1,
                    "no processor set can be made", "destroy one first");
            case "destroy 2" -> Refused.unless(SchedulingDeeds.destroySet(set(in)).perform(kernel), noSet(in), LISTED);
            case "assign 3" -> assigned(in, SchedulingDeeds.assign(set(in), in.text(2)).perform(kernel));
            case "bind 3" -> Refused.unless(SchedulingDeeds.bind(set(in), TaskName.parse(in.text(2))).perform(kernel),
                    noSet(in), LISTED);
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static String noSet(Invocation in) {
        return "there is no processor set " + in.text(1);
    }

    private static void assigned(Invocation in, int error) {
        String what = "CPU " + in.text(2) + " cannot go to processor set " + in.text(1);
        switch (error) {
            case Errno.EINVAL -> Refused.unless(error, noSet(in), LISTED);
            case Errno.EPERM -> Refused.unless(error, what, "the affinity of an LWP names it; schedctl PID --affinity none ends that");
            default -> Refused.unless(error, what, "it is offline, or the last one of the default set; cpus and pset show that");
        }
    }

    private static int set(Invocation in) {
        return Numbers.natural(in.text(1), "a processor set");
    }

    private static List<Row> rows(Dispatcher dispatcher) {
        List<Integer> sets = new ArrayList<>(List.of(ProcessorSets.NONE));
        sets.addAll(dispatcher.processorSets().all());
        return sets.stream().map(set -> row(dispatcher, set)).toList();
    }

    private static Row row(Dispatcher dispatcher, int set) {
        StringJoiner cpus = new StringJoiner(",");
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            if (dispatcher.cpu(i).processorSet() == set) {
                cpus.add(String.valueOf(i));
            }
        }
        long[] members = new long[1];
        dispatcher.forEachTask(task -> members[0] += task.processorSet() == set ? 1 : 0);
        return new Row(set, cpus.toString(), members[0]);
    }
}
