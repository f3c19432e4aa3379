// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** Does not come back from the callback, and in the way, that the system property {@value #HANG} names. */
public final class HangingScheduler extends FirstComeScheduler {
    /** Such as {@code tick loop}. */
    public static final String HANG = "itest.hang";

    private final Semaphore never = new Semaphore(0);
    private SchedulerHost host;
    private int turns;

    private void in(String callback) {
        String[] words = System.getProperty(HANG, "none none").split(" ");
        if (words[0].equals(callback)) {
            hang(words[1]);
        }
    }

    private void hang(String how) {
        System.setProperty(Fault.AT_WORK, how);
        switch (how) {
            case "loop" -> {
                while (turns >= 0) {
                    turns = turns + 1 & 0xffff;
                }
            }
            case "swallow" -> {
                while (turns >= 0) {
                    swallow();
                }
            }
            case "sleep" -> sleepForEver();
            case "lock" -> never.acquireUninterruptibly();
            case "host" -> {
                Task current = host.currentCpu().current();
                while (turns >= 0) {
                    host.changePriority(current, 10 + (turns++ & 1));
                    turns &= 0xffff;
                }
            }
            case "tree" -> turns = tree(200);
            case "recursion" -> turns = endless(0);
            default -> throw new IllegalStateException("nobody hangs by " + how);
        }
    }

    private void swallow() {
        try {
            while (turns >= 0) {
                turns = turns + 1 & 0xffff;
            }
        } catch (Throwable anything) {
            turns = 0;
        } finally {
            turns &= 0xff;
        }
    }

    private void sleepForEver() {
        while (turns >= 0) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException ignored) {
                turns = 0;
            }
        }
    }

    /** Takes longer than the universe, without a loop. */
    private int tree(int depth) {
        return depth == 0 ? 1 : tree(depth - 1) ^ tree(depth - 1);
    }

    private int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        in("attach");
        super.attach(core);
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        in("enqueue");
        super.enqueue(task, preempted);
    }

    @Override
    public void dequeue(Task task) {
        in("dequeue");
        super.dequeue(task);
    }

    @Override
    public Task pickNext(CpuState cpu) {
        in("pickNext");
        // A CPU steals only when it has nothing of its own.
        return System.getProperty(HANG, "").startsWith("steal") ? null : super.pickNext(cpu);
    }

    @Override
    public Task steal(CpuState idle) {
        in("steal");
        return super.steal(idle);
    }

    @Override
    public CpuState selectCpu(Task task) {
        in("selectCpu");
        return super.selectCpu(task);
    }

    @Override
    public CpuState preempted(Task task) {
        in("preempted");
        return super.preempted(task);
    }

    @Override
    public void tick(CpuState cpu, Task running) {
        in("tick");
        super.tick(cpu, running);
    }

    @Override
    public void schedclock(Task running) {
        in("schedclock");
    }

    @Override
    public void pstats(Task task, boolean batch) {
        in("pstats");
    }

    @Override
    public void slept(Task task) {
        in("slept");
    }

    @Override
    public void woken(Task task) {
        in("woken");
    }

    @Override
    public void runnable(Task task) {
        in("runnable");
    }

    @Override
    public int runnable(CpuState cpu) {
        in("count");
        return super.runnable(cpu);
    }

    @Override
    public void switchedIn(Task task) {
        in("switchedIn");
        super.switchedIn(task);
    }

    @Override
    public void forked(Task parent, Task child) {
        in("forked");
    }

    @Override
    public void exited(Task task) {
        in("exited");
    }

    @Override
    public void exportTask(Task task, TaskRecord record) {
        in("exportTask");
    }

    @Override
    public void importTask(Task task, TaskRecord record) {
        in("importTask");
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        in("forEachQueued");
        super.forEachQueued(cpu, visitor);
    }
}
