// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.List;
import userland.core.text.Tally;
import userland.program.User;
import userland.program.UserFunction;

/** One process of a log at work: the code of its threads and what they share. */
final class ProcessReplay {
    private final ReplayPlan plan;
    private final ProcessPlan process;
    private final ControlBlock control;
    private final Paths paths;
    private final Tally differences;
    private final List<UserFunction> functions = new ArrayList<>();

    /** @param differences counts the calls that come out otherwise than in the log */
    ProcessReplay(ReplayPlan plan, ProcessPlan process, ControlBlock control, Paths paths, Tally differences) {
        this.plan = plan;
        this.process = process;
        this.control = control;
        this.paths = paths;
        this.differences = differences;
        for (ThreadPlan thread : process.threads) {
            functions.add((user, argument) -> run(user, thread));
        }
    }

    ControlBlock control() {
        return control;
    }

    Paths paths() {
        return paths;
    }

    Tally differences() {
        return differences;
    }

    /** Processes of the whole log. */
    int processes() {
        return plan.processes().size();
    }

    /** The first thread: starts those that nobody in the log started, then does its own steps. */
    void run(User user) {
        for (ThreadPlan thread : process.threads) {
            if (thread.index > 0 && !thread.started) {
                start(user, thread.index);
            }
        }
        run(user, process.threads.getFirst());
    }

    private void run(User user, ThreadPlan thread) {
        user.lwpSetName(thread.id == 0 ? "replay" : "pid " + thread.id);
        control.lid(user, thread.index, user.lid());
        new ThreadReplay(user, this, thread).run();
    }

    /** Starts another thread; false when the kernel has no room for it. */
    boolean start(User user, int index) {
        long started = user.pthread().threads().create(user, functions.get(index), 0);
        if (started > 0) {
            control.lid(user, index, user.pthread().threads().lid(user, started));
        }
        return started > 0;
    }

    /** Forks another process of the log: its pid, or -1. */
    int fork(User user, int child) {
        ProcessReplay replay = new ProcessReplay(plan, plan.processes().get(child), control, paths, differences);
        return user.fork((own, argument) -> replay.run(own));
    }
}
