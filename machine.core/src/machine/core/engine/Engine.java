// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import machine.core.context.ContextHost;
import machine.core.context.ExecutionContext;
import machine.core.event.EventClock;
import machine.core.event.EventLog;
import machine.core.event.EventType;
import machine.core.memory.PhysicalMemory;
import machine.core.watchdog.CallbackWatch;
import machine.core.watchdog.Evictions;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Progress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One simulated multiprocessor, confined to one host thread at a time.
 *
 * <p>Everything a kernel is made of hangs below one engine, and nothing is shared between engines. The
 * same configuration, kernel code and inputs give the same {@link #events() event log} on every host.
 */
@Guard
@ProviderType
public final class Engine implements AutoCloseable {

    private static final EventType HALT = EventType.of("engine.halt");
    private static final EventType RESUME = EventType.of("engine.resume");
    private static final CpuDriver STAY_IDLE = cpu -> { };
    /** Physical addresses for the memory of devices. */
    private static final long DEVICE_BYTES = 2L << 20;

    private final EngineConfig config;
    private final PhysicalMemory memory;
    private final EventLog events;
    private final Interleaver interleaver;
    private final RandomStreams random;

    private final CallbackWatch watch = new CallbackWatch();
    private final Evictions evictions = new Evictions();

    private CpuDriver driver = STAY_IDLE;
    private String haltReason;
    private Throwable panic;
    /** Where the run that is under way is cut. */
    private long lastEvent = Long.MAX_VALUE;
    /** While abandoned contexts unwind, nothing they do counts. */
    private boolean unwinding;
    private boolean closed;
    /** The thread that makes this engine run, or applies an input to it; null at rest. */
    private Thread worker;
    private long inputs;

    /** Makes an engine with idle CPUs at virtual time 0. */
    public Engine(EngineConfig config) {
        this.config = config;
        memory = new PhysicalMemory(config.memoryBytes(), DEVICE_BYTES);
        events = new EventLog(new Clock());
        interleaver = new Interleaver(this, config);
        random = new RandomStreams(config.seed());
        watch.progress(new Work());
    }

    /** What the engine was made of. */
    public EngineConfig config() {
        return config;
    }

    /** How the CPUs share cores, packages and memory. */
    public Topology topology() {
        return config.topology();
    }

    /** Number of CPUs. */
    public int cpuCount() {
        return interleaver.cpus.length;
    }

    /** A CPU by its number. */
    public Cpu cpu(int id) {
        return interleaver.cpus[id];
    }

    /** The CPU whose code or interrupt runs right now, or null at a safe point. */
    public Cpu current() {
        return interleaver.current;
    }

    /** Virtual time of the current CPU, or of the safe point, in nanoseconds. */
    public long nowNanos() {
        return interleaver.nowNanos();
    }

    /** Steps made so far: slices and interrupts. Together with the inputs so far it names a safe point. */
    public long steps() {
        return interleaver.steps;
    }

    /** Which callback of a variant this kernel is in. */
    public CallbackWatch watch() {
        return watch;
    }

    /** The variants of this kernel that were evicted; after a panic too. */
    public Evictions evictions() {
        return evictions;
    }

    /** The physical memory all CPUs share. */
    public PhysicalMemory memory() {
        return memory;
    }

    /** The log of everything that happens. */
    public EventLog events() {
        return events;
    }

    /** The seed of all tie-breaks and random streams. */
    public long seed() {
        return config.seed();
    }

    /** The next number of a seeded stream; each user has a stream of its own, named by any number. */
    public long random(long stream) {
        return random.next(stream);
    }

    /** Who makes execution contexts for this kernel. */
    public ContextHost contexts() {
        return config.contexts();
    }

    /** Sets who finds work for idle CPUs; without one they stay idle. */
    public void driver(CpuDriver newDriver) {
        driver = newDriver;
    }

    CpuDriver driver() {
        return driver;
    }

    /**
     * Arms a timer, again if it is armed already.
     *
     * @param timer what shall happen
     * @param cpu the CPU that takes the interrupt
     * @param atNanos virtual time; one in the past means as soon as possible
     */
    public void arm(Timer timer, Cpu cpu, long atNanos) {
        interleaver.arm(timer, cpu, atNanos);
    }

    /** Disarms a timer; says whether it was armed. */
    public boolean disarm(Timer timer) {
        return interleaver.disarm(timer);
    }

    /**
     * Halts the kernel: it stops at the next safe point, and no run goes on until {@link #resume()}.
     * Virtual time stands still meanwhile.
     *
     * @param reason what the user has to do to go on
     */
    public void halt(String reason) {
        if (haltReason == null) {
            events.log(HALT, 0, 0, 0);
        }
        haltReason = reason;
        interleaver.cutSlice();
    }

    /** Lets a halted kernel go on; does nothing if it is not halted. */
    public void resume() {
        if (haltReason != null) {
            haltReason = null;
            events.log(RESUME, 0, 0, 0);
        }
    }

    /** Why the kernel is halted, or null. */
    public String haltReason() {
        return haltReason;
    }

    boolean halted() {
        return haltReason != null;
    }

    /** What broke this kernel, or null. */
    public Throwable panic() {
        return panic;
    }

    /** Lets all CPUs stand still for {@code nanos} of virtual time. Called at a safe point. */
    public void stall(long nanos) {
        if (current() != null) {
            throw new KernelPanic("the machine can only be stalled at a safe point");
        }
        interleaver.stall(nanos);
    }

    /**
     * Frees a suspended context that nobody will switch to again. It logs nothing, and code in its
     * {@code finally} blocks finds no current CPU.
     */
    public void abandon(ExecutionContext context) {
        Cpu cpu = interleaver.current;
        boolean outer = unwinding;
        interleaver.current = null;
        unwinding = true;
        events.stopAt(0);
        context.abandon();
        unwinding = outer;
        interleaver.current = cpu;
        events.stopAt(lastEvent);
    }

    /**
     * Runs, on the calling thread, until the limit says stop or nothing can happen.
     *
     * @throws IllegalStateException if called from inside the kernel, or the engine is closed
     * @throws RuntimeException what the limit's condition threw; the kernel is not affected
     */
    public RunOutcome run(RunLimit limit) {
        return run(RunGoal.of(limit, events.count()));
    }

    /** The same with the finer goals of the mailbox and of a replay. */
    RunOutcome run(RunGoal goal) {
        if (closed || current() != null) {
            throw new IllegalStateException(closed ? "the engine is closed" : "the engine is running");
        }
        if (panic != null) {
            return outcome(RunOutcome.Reason.PANICKED);
        }
        lastEvent = goal.lastEvent();
        events.stopAt(lastEvent);
        Thread outer = worker;
        worker = Thread.currentThread();
        try {
            return outcome(interleaver.run(goal));
        } catch (Throwable broken) {
            if (interleaver.current == null && !(broken instanceof KernelPanic)) {
                // At a safe point only the condition of the limit runs, and that is not part of the kernel.
                throw broken;
            }
            interleaver.abort();
            panicked(broken);
            return outcome(RunOutcome.Reason.PANICKED);
        } finally {
            worker = outer;
            watch.recoverFromStall();
            lastEvent = Long.MAX_VALUE;
            events.stopAt(lastEvent);
        }
    }

    /** Applies an input; one that does not come back is interrupted by the watchdog. */
    <T> T apply(Input<T> input) throws Exception {
        Thread outer = worker;
        worker = Thread.currentThread();
        inputs++;
        try {
            return input.apply(this);
        } finally {
            worker = outer;
            watch.recoverFromStall();
        }
    }

    /** Stops this kernel for good. */
    void panicked(Throwable broken) {
        panic = broken;
    }

    /** The outcome of a run that stopped here. */
    RunOutcome outcome(RunOutcome.Reason reason) {
        String message = switch (reason) {
            case HALTED -> haltReason;
            case PANICKED -> panic.toString();
            default -> "";
        };
        return new RunOutcome(reason, nowNanos(), events.count(), message);
    }

    /** Asks a run, from any thread, to return at its next safe point with PAUSED. */
    void requestAttention(boolean wanted) {
        interleaver.attention = wanted;
    }

    /** When the next thing happens, or {@code Long.MAX_VALUE}. */
    long nextNanos() {
        return interleaver.nextNanos();
    }

    /** Lets virtual time pass in which nothing happens. */
    void jumpTo(long nanos) {
        interleaver.timeNanos = Math.max(interleaver.timeNanos, nanos);
    }

    /** Whether every CPU is idle and no foreground timer is armed. */
    public boolean quiescent() {
        return interleaver.quiescent();
    }

    /** Abandons all contexts and frees the memory. The event log stays readable. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            unwinding = true;
            events.stopAt(0);
            interleaver.current = null;
            config.contexts().close();
            memory.close();
        }
    }

    /** What the watchdog sees of the engine, from a thread of its own: it may be wrong once, and looks again. */
    private final class Work implements Progress {
        @Override
        public long steps() {
            return worker == null ? -1 : inputs + interleaver.steps;
        }

        @Override
        public Thread thread() {
            Thread own = interleaver.contextThread();
            return own == null ? worker : own;
        }
    }

    /** What the event log sees of the engine. */
    private final class Clock implements EventClock {
        @Override
        public long nowNanos() {
            return interleaver.nowNanos();
        }

        @Override
        public int cpuNumber() {
            Cpu cpu = interleaver.current;
            return cpu == null ? -1 : cpu.id();
        }

        @Override
        public boolean limitReached() {
            if (!unwinding) {
                interleaver.cutSlice();
            }
            return !unwinding;
        }
    }
}
