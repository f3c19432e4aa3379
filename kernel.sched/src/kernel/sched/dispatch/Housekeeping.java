// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.Task;
import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/** Statistics once a second and load average every five, on the first CPU, after sched_pstats. */
final class Housekeeping {
    private static final long SECOND = 1_000_000_000L;
    private static final int LOAD_PERIOD_SECONDS = 5;
    /** exp(-1/20) scaled by 2048. */
    private static final int PERCENT_CPU_DECAY = 1948;

    private final Dispatcher dispatcher;
    private final Watchdog watchdog;
    private Runnable everySecond = () -> {
    };

    Housekeeping(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        watchdog = new Watchdog(dispatcher);
        new Second().rearm(0);
    }

    void everySecond(Runnable action) {
        everySecond = action;
    }

    private final class Second extends Timer {
        private long seconds;

        void rearm(long after) {
            seconds = after + 1;
            dispatcher.engine().arm(this, dispatcher.cpu(0).cpu(), seconds * SECOND);
        }

        @Override
        public boolean background() {
            return true;
        }

        @Override
        protected void expire(Cpu cpu) {
            statistics();
            if (seconds % LOAD_PERIOD_SECONDS == 0) {
                loadAverage();
            }
            watchdog.look();
            everySecond.run();
            rearm(seconds);
        }
    }

    private void loadAverage() {
        int runnable = 0;
        for (Task task = dispatcher.tasks().first(); task != null; task = task.allNext) {
            if (LoadAverage.counts(task)) {
                runnable++;
            }
        }
        dispatcher.loadAverage().update(runnable);
    }

    private void statistics() {
        for (Task task = dispatcher.tasks().first(); task != null; task = task.allNext) {
            count(task);
        }
    }

    /** sched_lwp_stats of kern_runq.c 1.44. */
    private void count(Task task) {
        switch (task.state()) {
            case LSSLEEP, LSSTOP, LSSUSPENDED -> task.setSleepSeconds(task.sleepSeconds() + 1);
            case LSZOMB -> {
                return;
            }
            default -> {
            }
        }
        int share = (int) ((long) PERCENT_CPU_DECAY * task.percentCpu() >> 11);
        int fresh = (LoadAverage.SCALE - PERCENT_CPU_DECAY) * task.cpuTicks() / Dispatcher.HZ;
        task.setPercentCpu(share + fresh);
        task.setCpuTicks(0);
        boolean hog = task.runTickSum() > task.sleepTickSum();
        task.setBatch(hog && task.batchArmed());
        task.setBatchArmed(hog);
        task.setRunTickSum(0);
        task.setSleepTickSum(0);
        dispatcher.port().pstats(task, task.batch());
    }
}
