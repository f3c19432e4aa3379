// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.Map;
import userland.core.strace.StraceLog;
import userland.core.text.Tally;
import userland.program.Program;
import userland.program.User;

/** An strace log as a program: its threads make the calls of the log again. */
public final class ReplayProgram implements Program {
    private final ReplayPlan plan;
    private final Tally differences = new Tally();

    /**
     * Prepares the replay of a log.
     *
     * @throws userland.core.text.InputError when the arguments of a call cannot be read
     */
    public ReplayProgram(StraceLog log) {
        plan = PlanBuilder.of(log);
    }

    @Override
    public String name() {
        return "strace";
    }

    @Override
    public String description() {
        return "replays the log " + plan.name();
    }

    /** What the log asks for and the replay leaves out, and calls that came out otherwise; complete after the run. */
    public Map<String, Long> unsupported() {
        Map<String, Long> counts = differences.counts();
        plan.unsupported().forEach((name, count) -> counts.merge(name, count, Long::sum));
        return counts;
    }

    @Override
    public int main(User user, String[] args) {
        new ProcessReplay(plan, plan.processes().getFirst(), new ControlBlock(user, plan), new Paths(user), differences)
                .run(user);
        return 0;
    }
}
