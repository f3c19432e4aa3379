// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.sched.policy.Tunable;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.deed.SchedulingDeeds;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code sysctl}: the numbers of kern.sched, and those of the memory layer. */
public final class SysctlCommand extends Command {
    private static final String PREFIX = "kern.sched.";
    private final Kernels kernels;

    /** A number, and what it may be; both bounds are empty for one that cannot be set. */
    record Row(String name, int value, Integer least, Integer most, String description) {
        static Row of(String prefix, Tunable t) {
            return new Row(prefix + t.name(), t.value(), t.fixed() ? null : (Integer) t.least(),
                    t.fixed() ? null : (Integer) t.most(), t.description());
        }
    }

    public SysctlCommand(Kernels kernels) {
        super("sched", "sysctl", "shows the numbers by which scheduling and memory are tuned, or sets one");
        this.kernels = kernels;
        takes("[NAME | NAME=VALUE]", 0, 1, Candidates.NONE);
        example("sysctl kern.sched.mints=30");
        details("A name, or the beginning of one up to a dot, shows what it stands for. What is set is set again in every scheduler that knows the name; kern.sched. may be left out.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        if (!in.has(0)) {
            return rows(kernel, "");
        }
        String[] words = in.text(0).split("=", -1);
        if (words.length > 2) {
            throw new IllegalArgumentException("write NAME=VALUE, not " + in.text(0) + "; sysctl alone lists the names");
        }
        if (words.length == 1) {
            Rows<Row> found = rows(kernel, words[0]);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no " + words[0] + "; sysctl alone lists the names");
            }
            return found;
        }
        SchedulingDeeds.tune(words[0].startsWith(PREFIX) ? words[0].substring(PREFIX.length()) : words[0],
                (int) Numbers.parse(words[1], words[0])).perform(kernel);
        return rows(kernel, "");
    }

    /** Those of that name or below it; all for an empty one. */
    private static Rows<Row> rows(Kernel kernel, String name) {
        String whole = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return new Rows<>(Row.class, kernel.ask(engine -> Stream.concat(
                kernel.dispatcher().tunables().list().stream().map(t -> Row.of(PREFIX, t)),
                kernel.vm().context().tunables().variables().list().stream().map(t -> Row.of("", t)))
                .filter(row -> whole.isEmpty() || row.name().equals(whole) || row.name().equals(PREFIX + whole)
                        || row.name().startsWith(whole + ".")).toList()));
    }
}
