// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

/** The part of a task that belongs to schedulers; all setters are for the active scheduler and the core. */
abstract class ScheduledFields {
    /** Neutral stored nice value: 0..40, 20 in the middle. */
    public static final int NICE_NEUTRAL = 20;

    private int schedClass = SchedClass.OTHER;
    private int nice = NICE_NEUTRAL;
    private int estcpu;
    private int sliceTicks;
    private int sleepSeconds;
    private int runTickSum;
    private int sleepTickSum;
    private int cpuTicks;
    private int percentCpu;
    private long lastRunTick;
    private long lastSleepTick;
    private boolean batch;
    private boolean batchArmed;
    private boolean preempting;
    private Object schedulerData;
    /** Counts the seconds of a long sleeper; null for a task that the statistics visit. */
    private SecondClock asleepBy;
    private long asleepSince;

    /** Next in the run queue; for {@code RunQueue} and queues like it. */
    public Task runNext;
    /** Previous in the run queue. */
    public Task runPrevious;
    /** The priority level the task is queued at, or -1. */
    public int runLevel = -1;

    /** OTHER, FIFO or RR: see {@link SchedClass}. */
    public final int schedClass() {
        return schedClass;
    }

    public final void setSchedClass(int schedClass) {
        this.schedClass = schedClass;
    }

    /** Stored nice value, 0 to 40; 20 is neutral, 0 the best. */
    public final int nice() {
        return nice;
    }

    public final void setNice(int nice) {
        this.nice = nice;
    }

    /** Estimate of recent CPU use; 2048 is one priority step. */
    public final int estcpu() {
        return estcpu;
    }

    public final void setEstcpu(int estcpu) {
        this.estcpu = estcpu;
    }

    /** Time slice left or to be given, in ticks. */
    public final int sliceTicks() {
        return sliceTicks;
    }

    public final void setSliceTicks(int sliceTicks) {
        this.sliceTicks = sliceTicks;
    }

    /** Seconds asleep, stopped or suspended, counted by the 1 Hz statistics (l_slptime). */
    public final int sleepSeconds() {
        return asleepBy == null ? sleepSeconds : sleepSeconds + (int) (asleepBy.seconds() - asleepSince);
    }

    public final void setSleepSeconds(int sleepSeconds) {
        this.sleepSeconds = sleepSeconds;
    }

    /** Ticks run since the last 1 Hz statistics (l_rticksum). */
    public final int runTickSum() {
        return runTickSum;
    }

    public final void setRunTickSum(int runTickSum) {
        this.runTickSum = runTickSum;
    }

    /** Ticks slept since the last 1 Hz statistics (l_slpticksum). */
    public final int sleepTickSum() {
        return sleepTickSum;
    }

    public final void setSleepTickSum(int sleepTickSum) {
        this.sleepTickSum = sleepTickSum;
    }

    /** Statistics-clock ticks charged since the last 1 Hz statistics (l_cpticks). */
    public final int cpuTicks() {
        return cpuTicks;
    }

    public final void setCpuTicks(int cpuTicks) {
        this.cpuTicks = cpuTicks;
    }

    /** Decaying share of a CPU, 2048 for all of it (l_pctcpu). */
    public final int percentCpu() {
        return asleepBy == null ? percentCpu : asleepBy.decayed(percentCpu, asleepBy.seconds() - asleepSince);
    }

    /** True for a long sleeper, which the statistics do not visit. */
    public final boolean dormant() {
        return asleepBy != null;
    }

    /** The statistics visit the task no more until its state changes; they do. */
    public final void sleepBy(SecondClock clock) {
        asleepBy = clock;
        asleepSince = clock.seconds();
    }

    /** The state of a long sleeper changes: makes up for the seconds that nobody counted. */
    final SecondClock endDormancy() {
        SecondClock clock = asleepBy;
        sleepSeconds = sleepSeconds();
        percentCpu = percentCpu();
        asleepBy = null;
        return clock;
    }

    public final void setPercentCpu(int percentCpu) {
        this.percentCpu = percentCpu;
    }

    /** Tick of the last switch in; 0 before the first (l_rticks). */
    public final long lastRunTick() {
        return lastRunTick;
    }

    public final void setLastRunTick(long tick) {
        this.lastRunTick = tick;
    }

    /** Tick at which the last sleep began (l_slpticks). */
    public final long lastSleepTick() {
        return lastSleepTick;
    }

    public final void setLastSleepTick(long tick) {
        this.lastSleepTick = tick;
    }

    /** True for a CPU hog: ran more than it slept in two seconds in a row. */
    public final boolean batch() {
        return batch;
    }

    public final void setBatch(boolean batch) {
        this.batch = batch;
    }

    /** True after the first such second. */
    public final boolean batchArmed() {
        return batchArmed;
    }

    public final void setBatchArmed(boolean batchArmed) {
        this.batchArmed = batchArmed;
    }

    /** True while an involuntary switch of this task is under way (LP_PREEMPTING). */
    public final boolean preempting() {
        return preempting;
    }

    public final void setPreempting(boolean preempting) {
        this.preempting = preempting;
    }

    /** What the active scheduler keeps for this task; null after a swap until the new one sets it. */
    public final Object schedulerData() {
        return schedulerData;
    }

    public final void setSchedulerData(Object data) {
        this.schedulerData = data;
    }
}
