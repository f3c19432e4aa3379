// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.kernel.Trap;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.lock.CondVar;
import kernel.sched.lock.Mutex;
import kernel.sched.quirk.QuirkSet;
import kernel.sched.quirk.QuirkSwitches;
import kernel.sched.sleep.Sleep;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;
import kernel.vm.pageout.Idleness;
import kernel.vm.pageout.OutOfMemory;
import kernel.vm.syscall.UserMemory;
import kernel.vm.system.VmSystem;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.event.EventType;
import machine.core.slot.SlotGuard;
import org.osgi.annotation.versioning.ProviderType;

/** The process layer of one kernel: its processes, LWPs, ids and clocks, and the operations on them. */
@ProviderType
public final class Processes {
    static final long LWP_CHANNELS = 0xffff_9000_0000_0000L;
    static final int CHANNEL_SHIFT = 10;

    private static final long SPIN_NANOS = 50;
    private static final ProcessObserver NOBODY = new ProcessObserver() {
    };

    private final Engine engine;
    private final Dispatcher dispatcher;
    private final Sleep sleep;
    private final VmSystem vm;
    private final Mutex lock;
    private final IdTable ids = new IdTable();
    private final ProcTable table = new ProcTable();
    private final UserCounts users = new UserCounts();
    private final LimitChange limitChange = new LimitChange(this);
    private final CoreDumps coreDumps = new CoreDumps(this);
    private final CredentialChange credentialChange = new CredentialChange(this);
    private final Clocks clocks = new Clocks(this);
    private final LwpLife lwpLife = new LwpLife(this);
    private final ProcLife processLife = new ProcLife(this);
    private final Waiting waiting = new Waiting(this);
    private final Suspension suspension = new Suspension(this);
    private final Parking parking = new Parking(this);
    private final SignalDelivery signals;
    private final SignalTaker taker = new SignalTaker(this);
    private final HandlerFrames handlers = new HandlerFrames(this);
    private final Contexts contexts = new Contexts(this);
    private final JobControl jobControl;
    private final ProcessGroups groups = new ProcessGroups(this);
    private final ChildWait childWait = new ChildWait(this);
    private final SignalWaits signalWaits = new SignalWaits(this);
    private final Tracing tracing = new Tracing(this);
    private final UserReturn userReturn = new UserReturn(this);
    private final RevisionHost revisionHost = new RevisionHost(this);
    private final Spaces spaces;
    private final Fpu fpu;
    private Trap trap;
    private final RevisionPort revision = new RevisionPort(this);
    private Machine machine;
    private UserContextCodec codec;
    private SignalFrames signalFrames;
    private ProcessObserver observer = NOBODY;
    private final QuirkSwitches<LwpQuirk> quirks = new QuirkSwitches<>("lwp", LwpQuirk.class, this::switched);
    private QuirkSet<LwpQuirk> quirksOn = QuirkSet.none(LwpQuirk.class);
    private int claimed;

    /** Makes the process layer of a kernel; {@link #revision} and {@link #machine} follow before the first process. */
    public Processes(Engine engine, Dispatcher dispatcher, Sleep sleep, VmSystem vm) {
        this.engine = engine;
        this.dispatcher = dispatcher;
        this.sleep = sleep;
        this.vm = vm;
        this.spaces = new Spaces(engine);
        this.fpu = new Fpu(engine);
        this.signals = new SignalDelivery(this);
        this.jobControl = new JobControl(this);
        this.lock = new Mutex(sleep, "proc_lock");
        ProcStatistics statistics = new ProcStatistics(this);
        dispatcher.everySecond(statistics::second);
    }

    /** The engine. */
    public Engine engine() {
        return engine;
    }

    /** The dispatcher. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Sleeping and waking. */
    public Sleep sleep() {
        return sleep;
    }

    /** All processes. */
    public ProcTable table() {
        return table;
    }

    /** The clocks. */
    public Clocks clocks() {
        return clocks;
    }

    /** Creating, starting and ending LWPs. */
    public LwpLife lwpLife() {
        return lwpLife;
    }

    /** Creating, forking, ending and waiting for processes. */
    public ProcLife processLife() {
        return processLife;
    }

    /** Waiting for and detaching LWPs. */
    public Waiting waiting() {
        return waiting;
    }

    /** Suspending, continuing and cancelling LWPs. */
    public Suspension suspension() {
        return suspension;
    }

    /** Parking. */
    public Parking parking() {
        return parking;
    }

    /** Signals. */
    public SignalDelivery signals() {
        return signals;
    }

    /** Saving and restoring user contexts. */
    public Contexts contexts() {
        return contexts;
    }

    /** Traced processes. */
    public Tracing tracing() {
        return tracing;
    }

    /** Signal actions and masks, and waiting for signals. */
    public SignalWaits signalWaits() {
        return signalWaits;
    }

    /** Process groups and sessions. */
    public ProcessGroups groups() {
        return groups;
    }

    /** Waiting for child processes. */
    public ChildWait childWait() {
        return childWait;
    }

    SignalTaker taker() {
        return taker;
    }

    HandlerFrames handlers() {
        return handlers;
    }

    JobControl jobControl() {
        return jobControl;
    }

    /** The way back to user mode. */
    public UserReturn userReturn() {
        return userReturn;
    }

    /** Which address space each CPU has loaded. */
    public Spaces spaces() {
        return spaces;
    }

    /** The system-call path. */
    public Trap trap() {
        return trap;
    }

    /** Installs the system-call path, once. */
    public void trap(Trap path) {
        trap = path;
    }

    /** The active LWP revision, whichever that is at each call. */
    public LwpRevision revision() {
        return revision;
    }

    /** The instance that is active, or null; never keep it. */
    public LwpRevision activeRevision() {
        return revision.active();
    }

    /** Says who watches over the active revision. */
    public void revisionGuard(SlotGuard guard) {
        revision.guard(guard);
    }

    /** Makes a revision the active one; it was attached to {@link #revisionHost()}. */
    public void revision(LwpRevision next) {
        revision.install(next);
        dispatcher.setGeneration(next.generation());
        quirks.usual(QuirkSet.of(LwpQuirk.class, next.quirks()));
    }

    /** The switches of the quirks of the LWP layer. */
    public QuirkSwitches<LwpQuirk> quirks() {
        return quirks;
    }

    /** Whether a documented defect is to be reproduced. */
    public boolean quirk(LwpQuirk quirk) {
        return quirksOn.has(quirk);
    }

    private void switched(QuirkSet<LwpQuirk> on) {
        quirksOn = on;
        sleep.setTimeoutBeatsWake(on.has(LwpQuirk.TIMEOUT_BEATS_WAKE));
        sleep.setTransferDropsFlags(on.has(LwpQuirk.TRANSFER_DROPS_FLAGS));
    }

    /** The core's side of a revision. */
    public LwpRevisionHost revisionHost() {
        return revisionHost;
    }

    /** The machine that is active. */
    public Machine machine() {
        return machine;
    }

    /** Makes a machine the active one, at a safe point. */
    public void machine(Machine next) {
        machine = next;
        codec = next.contexts();
        fpu.machine(codec.fpu(), next.costs());
        signalFrames = next.signalFrames();
    }

    /** The register context of the active machine; the same object as long as the machine is active. */
    public UserContextCodec codec() {
        return codec;
    }

    /** Floating-point registers. */
    public Fpu fpu() {
        return fpu;
    }

    SignalFrames signalFrames() {
        return signalFrames;
    }

    /** The bits of an address. */
    long wordMask() {
        return wordBits() == Integer.SIZE ? 0xffff_ffffL : -1;
    }

    /** Pointer size of the active machine in bits. */
    public int wordBits() {
        return machine.wordBits();
    }

    /** Who is told about exits. */
    public ProcessObserver observer() {
        return observer;
    }

    /** Sets who is told about exits; null for nobody. */
    public void observer(ProcessObserver next) {
        observer = next == null ? NOBODY : next;
    }

    /** The LWP that runs on the current CPU, or null. */
    public Lwp current() {
        return dispatcher.currentTask() instanceof Lwp l ? l : null;
    }

    /** How many LWPs beyond the first of each process a user has. */
    public int threadsOf(int uid) {
        return users.threads(uid);
    }

    /** How many processes a user has, zombies included. */
    public int processesOf(int uid) {
        return users.processes(uid);
    }

    /** Changing resource limits. */
    public LimitChange limitChange() {
        return limitChange;
    }

    /** Ending processes with signals, and the core dumps that some leave. */
    public CoreDumps coreDumps() {
        return coreDumps;
    }

    /** Changing user ids. */
    public CredentialChange credentialChange() {
        return credentialChange;
    }

    IdTable ids() {
        return ids;
    }

    UserCounts users() {
        return users;
    }

    /** The lock of the family relations of all processes (proc_lock). */
    Mutex lock() {
        return lock;
    }

    Mutex newProcLock() {
        return new Mutex(sleep, "p_lock");
    }

    CondVar newCondition(String name) {
        return new CondVar(sleep, name);
    }

    SyncObject parkObject() {
        return revision.parkObject();
    }

    UserMemory newUserMemory(Proc p) {
        return vm.userMemory(p.vmspace());
    }

    Limits firstLimits() {
        return Limits.of(machine.limits());
    }

    /** Who ends processes when memory and swap run out. */
    public OutOfMemory memoryKiller() {
        return new MemoryKiller(this);
    }

    /** Who knows which processes are idle. */
    public Idleness idleness() {
        return new IdleProcesses(this);
    }

    /** The memory layer. */
    public VmSystem vm() {
        return vm;
    }

    int allocateLid(Proc p) {
        claimed = 0;
        return revision.allocateLid(p);
    }

    /** A revision failed after it had taken an id. */
    void dropClaim() {
        if (claimed != 0) {
            ids.free(claimed);
            claimed = 0;
        }
    }

    void claim(int id) {
        claimed = id;
    }

    /** Whether the id that a revision chose came from the shared space. */
    boolean takeClaim(int lid) {
        boolean own = claimed != 0 && claimed == lid;
        claimed = 0;
        return own;
    }

    long activeCalls() {
        return revision.calls();
    }

    /** Lets other CPUs go on. */
    void interleave() {
        engine.current().interleave();
    }

    /** One turn of a busy wait for another CPU. */
    void spin() {
        Cpu cpu = engine.current();
        cpu.charge(SPIN_NANOS);
        cpu.interleave();
    }

    /** setrunnable with what it means for the process; process locked. */
    void setRunnable(Lwp l) {
        Proc p = l.proc();
        if (l.state() == TaskState.LSSUSPENDED || l.state() == TaskState.LSSTOP) {
            if (l.state() == TaskState.LSSUSPENDED) {
                l.flags &= ~LwpFlag.LW_WSUSPEND;
            }
            p.runnableCount++;
            p.lwpChanged.broadcast();
        }
        dispatcher.setRunnable(l);
    }

    void log(EventType type, Lwp l) {
        engine.events().log(type, l.pid(), l.lid(), 0);
    }

    void log(EventType type, Proc p, long b, long c) {
        engine.events().log(type, p.pid(), b, c);
    }

    /** Shows every LWP, process by process; at a safe point. */
    public void forEachLwp(Consumer<Lwp> visitor) {
        for (Proc p : table.all()) {
            p.forEachLwp(visitor);
        }
    }

    /** Counts p_nrlwps of every process again by the rule of the active revision; at a safe point, after a swap. */
    public void recount() {
        for (Proc p : table.all()) {
            p.runnableCount = 0;
            for (Lwp l = p.lwps.head(); l != null; l = l.next) {
                if (ProcChecker.counts(l, revision.countsEmbryos())) {
                    p.runnableCount++;
                }
            }
        }
    }

    /** The LWPs that can never go on, at a safe point; empty when there are none. */
    public List<Hang> hangs() {
        return new Hangs(this).find();
    }

    /** Checks the rules of processes and LWPs at a safe point; appends a text for each broken one. */
    public void check(List<String> broken) {
        new ProcChecker(this, broken).check();
    }
}
