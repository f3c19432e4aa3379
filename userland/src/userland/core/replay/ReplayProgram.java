// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import userland.core.strace.StraceLog;
import userland.core.text.Tally;
import userland.program.Program;
import userland.program.User;
import userland.program.UserFunction;

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
        Tally all = new Tally();
        all.addAll(differences);
        Map<String, Long> counts = all.counts();
        plan.unsupported().forEach((name, count) -> counts.merge(name, count, Long::sum));
        return counts;
    }

    @Override
    public int main(User user, String[] args) {
        ControlBlock control = new ControlBlock(user, plan);
        Paths paths = new Paths(user);
        run(user, plan.processes().getFirst(), control, paths);
        return 0;
    }

    /** First thread of a process: starts those that nobody in the log started, then does its own steps. */
    private void run(User user, ProcessPlan process, ControlBlock control, Paths paths) {
        List<UserFunction> functions = new ArrayList<>();
        for (ThreadPlan thread : process.threads) {
            functions.add((own, argument) -> runThread(own, process, thread, control, paths, functions));
        }
        for (ThreadPlan thread : process.threads) {
            if (thread.index > 0 && !thread.started) {
                new ThreadReplay(user, plan, process, thread, control, paths, differences, this::child, functions)
                        .start(thread.index);
            }
        }
        runThread(user, process, process.threads.getFirst(), control, paths, functions);
    }

    private void runThread(User user, ProcessPlan process, ThreadPlan thread, ControlBlock control, Paths paths,
            List<UserFunction> functions) {
        user.lwpSetName(thread.id == 0 ? "replay" : "pid " + thread.id);
        control.lid(user, thread.index, user.lid());
        new ThreadReplay(user, plan, process, thread, control, paths, differences, this::child, functions).run();
    }

    private UserFunction child(ProcessPlan process, ControlBlock control, Paths paths) {
        return (user, argument) -> run(user, process, control, paths);
    }
}
