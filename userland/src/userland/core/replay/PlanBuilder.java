// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import userland.core.strace.StraceLog;
import userland.core.strace.StraceThread;
import userland.core.text.Tally;

/** Makes the plan of a replay from a log. */
final class PlanBuilder {
    private final StraceLog log;
    private final LogText text;
    private final Tally unsupported = new Tally();
    private final Tokens tokens = new Tokens();
    private final Families families;
    private final Map<ProcessPlan, MemoryPlan> memory = new HashMap<>();
    private final Map<ProcessPlan, FutexPlan> futexes = new HashMap<>();
    private final Map<ProcessPlan, List<LoggedCall>> futexCalls = new HashMap<>();

    private PlanBuilder(StraceLog log) {
        this.log = log;
        text = new LogText(log.name());
        families = new Families(log);
    }

    /**
     * The plan.
     *
     * @throws userland.core.text.InputError for arguments that cannot be read
     */
    static ReplayPlan of(StraceLog log) {
        return new PlanBuilder(log).build();
    }

    private ReplayPlan build() {
        for (ProcessPlan process : families.processes()) {
            futexes.put(process, new FutexPlan(text, tokens, unsupported));
            futexCalls.put(process, new ArrayList<>());
        }
        memory.put(families.processes().getFirst(), firstMemory(families.processes().getFirst()));
        List<LoggedCall> byEffect = new ArrayList<>(families.calls());
        byEffect.sort(MemoryPlan.effectOrder());
        byEffect.forEach(this::plan);
        memory.values().forEach(plan -> plan.files().countUnmapped());
        families.calls().forEach(this::noteThreadEnd);
        futexes.forEach((process, plan) -> plan.plan(futexCalls.get(process)));
        families.processes().forEach(process -> new EndPlan(process, families, tokens).plan());
        Map<String, Long> left = withLogNotes();
        return new ReplayPlan(log.name(), families.processes(), tokens.count(), left);
    }

    private Map<String, Long> withLogNotes() {
        for (StraceThread thread : log.threads()) {
            if (thread.killedBy() != null) {
                unsupported.add("killed by " + thread.killedBy());
            }
        }
        Map<String, Long> all = unsupported.counts();
        log.unsupported().forEach((name, count) -> all.merge(name, count, Long::sum));
        return all;
    }

    private MemoryPlan firstMemory(ProcessPlan process) {
        return new MemoryPlan(text, tokens, unsupported, new LogSpace(process), new BreakPlan(highestBreak(process)),
                new FilePlan(text, tokens, unsupported, process));
    }

    private MemoryPlan forkedMemory(ProcessPlan child, MemoryPlan parent) {
        return new MemoryPlan(text, tokens, unsupported, new LogSpace(child, parent.space()),
                new BreakPlan(parent.heap(), highestBreak(child)), new FilePlan(parent.files(), child));
    }

    private long highestBreak(ProcessPlan process) {
        return families.calls().stream().filter(call -> call.process() == process && call.named("brk"))
                .mapToLong(call -> call.call().result()).max().orElse(0);
    }

    private void plan(LoggedCall logged) {
        // A process whose parent's fork is missing in order starts with nothing mapped.
        MemoryPlan own = memory.computeIfAbsent(logged.process(), this::firstMemory);
        if (own.plan(logged)) {
            return;
        }
        switch (logged.call().name()) {
            case "futex" -> futexCalls.get(logged.process()).add(logged);
            case "clone", "clone3", "fork", "vfork" -> start(logged, own);
            case "execve", "execveat" -> execute(logged, own);
            case "wait4", "waitpid", "waitid" -> waitFor(logged);
            case "nanosleep", "clock_nanosleep" -> sleep(logged);
            case "exit" -> logged.step().actions.add(new Action.ExitThread());
            case "exit_group" -> logged.step().actions.add(new Action.ExitProcess((int) text.number(logged.call(), 0)));
            default -> unsupported.add(logged.call().name());
        }
    }

    private void start(LoggedCall logged, MemoryPlan own) {
        int child = (int) logged.call().result();
        ThreadPlan thread = families.thread(child);
        if (!logged.call().succeeded() || thread == null || !thread.started) {
            unsupported.add(logged.call().name() + " without a child in the log");
        } else if (logged.startsThread()) {
            logged.step().actions.add(new Action.StartThread(thread.index));
        } else {
            ProcessPlan process = families.process(child);
            own.orderAfterAll(logged);
            memory.putIfAbsent(process, forkedMemory(process, own));
            logged.step().actions.add(new Action.Fork(process.index));
        }
    }

    private void execute(LoggedCall logged, MemoryPlan own) {
        if (logged.call().succeeded()) {
            own.replaceProgram(logged);
        } else {
            unsupported.add(logged.call().name() + " that failed in the log");
        }
    }

    private void waitFor(LoggedCall logged) {
        ProcessPlan process = families.process((int) logged.call().result());
        if (logged.call().succeeded() && process != null && process != logged.process()) {
            logged.step().actions.add(new Action.WaitProcess(process.index));
        } else {
            unsupported.add(logged.call().name());
        }
    }

    private void sleep(LoggedCall logged) {
        boolean plain = logged.named("nanosleep");
        boolean absolute = !plain && logged.call().argument(1).contains("TIMER_ABSTIME");
        long nanos = absolute || !logged.call().succeeded() ? logged.call().nanos()
                : text.timespec(logged.call(), plain ? 0 : 2);
        logged.step().actions.add(new Action.Sleep(Math.max(0, nanos)));
    }

    /** {@code pthread_join} waits on the address that the kernel clears when the thread has ended. */
    private void noteThreadEnd(LoggedCall start) {
        if (!start.startsThread() || !start.call().succeeded()) {
            return;
        }
        long address = text.field(start.call(), "child_tid");
        address = address != 0 ? address : text.field(start.call(), "child_tidptr");
        ThreadPlan child = families.thread((int) start.call().result());
        LoggedCall last = null;
        for (LoggedCall call : families.calls()) {
            last = call.thread() == child && call.named("exit") ? call : last;
        }
        if (address != 0 && last != null) {
            futexes.get(start.process()).threadEnd(address, last);
        }
    }
}
