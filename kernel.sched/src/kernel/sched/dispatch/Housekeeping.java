// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.SecondClock;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/**
 * Statistics once a second and load average every five, on the first CPU, after sched_pstats.
 *
 * <p>Long sleepers are not visited: about them there is nothing to find out but the seconds, and these are counted when
 * somebody asks, as updatepri of the original makes up for the decay that a sleeper missed.
 */
final class Housekeeping implements SecondClock {
    private static final long SECOND = 1_000_000_000L;
    private static final int LOAD_PERIOD_SECONDS = 5;
    /** exp(-1/20) scaled by 2048 (ccpu). */
    private static final int PERCENT_CPU_DECAY = 1948;

    private final Dispatcher dispatcher;
    /** So many seconds asleep the statistics have nothing more to say about a task but the seconds. */
    private static final int LONG_SLEEP_SECONDS = 3;

    private final AwakeTasks awake = new AwakeTasks();
    private final Watchdog watchdog;
    private long seconds;
    private Runnable everySecond = () -> {
    };

    Housekeeping(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        watchdog = new Watchdog(dispatcher, awake);
        new Second().rearm(0);
    }

    /** A new task. */
    void add(Task task) {
        awake.add(task);
    }

    /** A task that is gone. */
    void remove(Task task) {
        if (!task.dormant()) {
            awake.remove(task);
        }
    }

    @Override
    public long seconds() {
        return seconds;
    }

    @Override
    public int decayed(int percentCpu, long idleSeconds) {
        int share = percentCpu;
        for (long i = 0; i < idleSeconds && share > 0; i++) {
            share = decayed(share);
        }
        return share;
    }

    private static int decayed(int percentCpu) {
        return (int) ((long) PERCENT_CPU_DECAY * percentCpu >> 11);
    }

    @Override
    public void awakes(Task task) {
        awake.add(task);
    }

    void everySecond(Runnable action) {
        everySecond = action;
    }

    private final class Second extends Timer {
        private long next;

        void rearm(long after) {
            next = after + 1;
            dispatcher.engine().arm(this, dispatcher.cpu(0).cpu(), next * SECOND);
        }

        @Override
        public boolean background() {
            return true;
        }

        @Override
        protected void expire(Cpu cpu) {
            seconds++;
            statistics();
            if (next % LOAD_PERIOD_SECONDS == 0) {
                loadAverage();
            }
            watchdog.look();
            everySecond.run();
            rearm(next);
        }
    }

    private void loadAverage() {
        int runnable = 0;
        for (Task task = awake.first(); task != null; task = task.awakeNext) {
            if (LoadAverage.counts(task)) {
                runnable++;
            }
        }
        dispatcher.loadAverage().update(runnable);
    }

    private void statistics() {
        Task next;
        for (Task task = awake.first(); task != null; task = next) {
            count(task);
            next = task.awakeNext;
            if (sleepsLong(task)) {
                awake.remove(task);
                task.sleepBy(this);
            }
        }
    }

    private static boolean sleepsLong(Task task) {
        return task.state() == TaskState.LSSLEEP && task.sleepSeconds() >= LONG_SLEEP_SECONDS && !task.batch()
                && !task.batchArmed();
    }

    /** l_pctcpu of sched_pstats: ticks that a task has while it sleeps wait until it has run again. */
    private static void sharePerSecond(Task task) {
        int share = decayed(task.percentCpu());
        if (task.sleepSeconds() == 0) {
            int ran = task.cpuTicks() * LoadAverage.SCALE / Dispatcher.HZ;
            share += (LoadAverage.SCALE - PERCENT_CPU_DECAY) * ran >> 11;
            task.setCpuTicks(0);
        }
        task.setPercentCpu(share);
    }

    /** sched_lwp_stats of kern_runq.c 1.44, which asks the scheduler; sched_pstats counts the share after that. */
    private void count(Task task) {
        switch (task.state()) {
            case LSSLEEP, LSSTOP, LSSUSPENDED -> task.setSleepSeconds(task.sleepSeconds() + 1);
            case LSZOMB -> {
                return;
            }
            default -> {
            }
        }
        boolean hog = task.runTickSum() > task.sleepTickSum();
        task.setBatch(hog && task.batchArmed());
        task.setBatchArmed(hog);
        task.setRunTickSum(0);
        task.setSleepTickSum(0);
        dispatcher.port().pstats(task, task.batch());
        sharePerSecond(task);
    }
}
