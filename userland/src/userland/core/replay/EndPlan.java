// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides how the threads of a process end.
 *
 * <p>A thread in the middle of a call when its process ended stays in it: it waits for ever, and the end
 * of the process takes it away. {@code exit_group} first waits until every other thread has done what the
 * log has before it, so that no call is lost to another timing. A process whose log has no
 * {@code exit_group} ends with its last thread.
 */
final class EndPlan {
    private final ProcessPlan process;
    private final List<LoggedCall> calls;
    private final Tokens tokens;

    EndPlan(ProcessPlan process, Families families, Tokens tokens) {
        this.process = process;
        this.tokens = tokens;
        calls = families.calls().stream().filter(call -> call.process() == process).toList();
    }

    void plan() {
        LoggedCall end = null;
        for (LoggedCall call : calls) {
            end = call.named("exit_group") && end == null ? call : end;
        }
        for (ThreadPlan thread : process.threads) {
            endThread(thread, end);
        }
    }

    private void endThread(ThreadPlan thread, LoggedCall end) {
        LoggedCall last = null;
        LoggedCall lastBefore = null;
        for (LoggedCall call : calls) {
            if (call.thread() == thread) {
                last = call;
                boolean done = call.call().returned() || call.named("exit");
                lastBefore = end != null && done && before(call, end) ? call : lastBefore;
            }
        }
        if (end != null && lastBefore != null && thread != end.thread()) {
            tokens.order(lastBefore.step(), thread, end.step(), end.thread());
        }
        if (last == null || !last.call().returned() && !last.named("exit", "exit_group")) {
            Step stop = new Step(last == null ? 0 : last.step().line, 0);
            stop.actions.add(end != null && last != null ? new Action.WaitForEver() : new Action.ExitThread());
            thread.steps.add(stop);
        } else if (!last.named("exit", "exit_group")) {
            Step stop = new Step(last.step().line, 0);
            stop.actions.add(new Action.ExitThread());
            thread.steps.add(stop);
        }
        dropAfterEnd(thread);
    }

    /** A call is done before the end when it returned before, or is the end of its thread. */
    private static boolean before(LoggedCall call, LoggedCall end) {
        int line = call.named("exit") ? call.call().startLine() : call.call().endLine();
        return line < end.call().startLine();
    }

    /** Steps from which a thread does not come back are its last ones. */
    private static void dropAfterEnd(ThreadPlan thread) {
        List<Step> kept = new ArrayList<>();
        for (Step step : thread.steps) {
            kept.add(step);
            if (step.actions.stream().anyMatch(EndPlan::last)) {
                break;
            }
        }
        thread.steps.clear();
        thread.steps.addAll(kept);
    }

    static boolean last(Action action) {
        return action instanceof Action.ExitThread || action instanceof Action.ExitProcess
                || action instanceof Action.WaitForEver;
    }
}
