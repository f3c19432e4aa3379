// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import userland.core.strace.StraceCall;
import userland.core.strace.StraceLog;
import userland.core.strace.StraceThread;

/** Sorts the threads of a log into processes, and makes a step of every call. */
final class Families {
    private final List<ProcessPlan> processes = new ArrayList<>();
    private final Map<Integer, ProcessPlan> processOf = new HashMap<>();
    private final Map<Integer, ThreadPlan> threadOf = new HashMap<>();
    private final List<LoggedCall> calls = new ArrayList<>();

    Families(StraceLog log) {
        List<StraceCall> all = new ArrayList<>();
        log.threads().forEach(thread -> all.addAll(thread.calls()));
        all.sort(Comparator.comparingInt(StraceCall::startLine));
        place(log.threads().getFirst().id(), newProcess());
        for (StraceCall call : all) {
            LoggedCall probe = new LoggedCall(call, null, null, null);
            if (probe.starts() && call.succeeded() && call.result() > 0) {
                int child = (int) call.result();
                if (!processOf.containsKey(child)) {
                    place(child, probe.startsThread() ? processOfThread(call.thread()) : newProcess());
                    threadOf.get(child).started = true;
                }
            }
        }
        for (StraceThread thread : log.threads()) {
            processOfThread(thread.id());
            addSteps(thread);
        }
        calls.sort(Comparator.comparingInt(call -> call.call().startLine()));
    }

    /** All calls in order of their first lines. */
    List<LoggedCall> calls() {
        return calls;
    }

    List<ProcessPlan> processes() {
        return processes;
    }

    /** The plan of a thread by its id in the log, or null. */
    ThreadPlan thread(int id) {
        return threadOf.get(id);
    }

    /** The plan of the process a thread belongs to, or null. */
    ProcessPlan process(int id) {
        return processOf.get(id);
    }

    private ProcessPlan newProcess() {
        ProcessPlan process = new ProcessPlan(processes.size());
        processes.add(process);
        return process;
    }

    /** A thread nobody in the log started was there before the log: it belongs to the first process. */
    private ProcessPlan processOfThread(int id) {
        if (!processOf.containsKey(id)) {
            place(id, processes.getFirst());
        }
        return processOf.get(id);
    }

    private void place(int id, ProcessPlan process) {
        ThreadPlan thread = new ThreadPlan(id, process.threads.size());
        process.threads.add(thread);
        processOf.put(id, process);
        threadOf.put(id, thread);
    }

    private void addSteps(StraceThread thread) {
        ThreadPlan plan = threadOf.get(thread.id());
        long previousEnd = -1;
        for (StraceCall call : thread.calls()) {
            boolean timed = previousEnd >= 0 && call.startNanos() > previousEnd;
            Step step = new Step(call.startLine(), timed ? call.startNanos() - previousEnd : 0);
            plan.steps.add(step);
            calls.add(new LoggedCall(call, step, plan, processOf.get(thread.id())));
            previousEnd = call.endNanos();
        }
    }
}
