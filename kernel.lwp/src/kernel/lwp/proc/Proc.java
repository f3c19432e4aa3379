// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.function.Consumer;
import kernel.lwp.machine.ResourceUsage;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.Signal;
import kernel.sched.lock.CondVar;
import kernel.sched.lock.Mutex;
import kernel.vm.file.FileTable;
import kernel.vm.map.VmSpace;
import kernel.vm.syscall.Caller;
import kernel.vm.syscall.Resource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A process: an address space, open files, limits, and its LWPs.
 *
 * <p>Models {@code struct proc} as far as the LWP system calls, wait and exit need it. Made by
 * {@link Processes}; changes only on the engine thread, counters and the LWP list with {@link #lock()} held.
 */
@ProviderType
public final class Proc implements Caller {
    /** Life of a process. */
    public enum State {
        /** Being made. */
        EMBRYO,
        /** Alive. */
        ACTIVE,
        /** All its LWPs are stopped. */
        STOPPED,
        /** In exit. */
        DYING,
        /** Exited and not yet waited for. */
        ZOMBIE,
        /** Waited for; the id may be in use again. */
        GONE
    }

    final LwpList lwps = new LwpList();
    Proc parent;
    Proc firstChild;
    Proc nextSibling;
    State state = State.EMBRYO;
    boolean exiting;
    private boolean reclaimable = true;
    private boolean saRegistered;
    private boolean saEnabled;
    int zombieCount;
    int runnableCount;
    int detachedCount;
    int waiterCount;
    /** LWPs of it that a user is charged with. */
    int chargedThreads;
    int lastLid;
    Lwp detachedZombie;
    /** Its process group and session, by the id of who leads them. */
    int group;
    int session;
    /** Spawned from outside, which may stop and continue it as a job. */
    boolean job;
    /** What is traced of it, flags of {@link Tracing}. */
    int traceFlags;
    /** How another process traces it. */
    final TraceState trace = new TraceState();
    /** Counts changes of its children. */
    long childEvents;
    int exitStatus;
    int exitSignal;
    /** PS_WCORE: a core dump is being made. */
    boolean dumping;
    boolean coreDumped;
    long keptCalls;
    ControlArea controlArea;
    final ProcUsage usage = new ProcUsage(this);
    VmSpace vmspace;

    final Mutex lock;
    final CondVar lwpChanged;
    /** What wait4 sleeps on. */
    final long childChannel;
    final ProcSignals signals = new ProcSignals();
    private final CpuTime cpuTime = new CpuTime(this);

    private final Processes processes;
    private final int pid;
    private final long channel;
    private final String name;
    private Credentials credentials;
    private boolean changedIds;
    private final Limits limits;
    private final FileTable files;
    private final UserImage image;

    Proc(ProcSeed seed) {
        this.processes = seed.processes();
        this.pid = seed.pid();
        this.channel = seed.channel();
        this.name = seed.name();
        this.credentials = seed.credentials();
        this.limits = seed.limits();
        this.vmspace = seed.vmspace();
        this.vmspace.limits(limits);
        this.files = seed.files();
        this.image = seed.image();
        this.lock = processes.newProcLock();
        this.lwpChanged = processes.newCondition("lwp");
        this.childChannel = processes.dispatcher().newAddress();
    }

    /** The process id. */
    @Override
    public int pid() {
        return pid;
    }

    /** The name it was spawned with. */
    public String name() {
        return name;
    }

    /** Real user id. */
    @Override
    public int uid() {
        return credentials.uid();
    }

    @Override
    public boolean superuser() {
        return credentials.superuser();
    }

    /** What it has used up to now, its LWPs together; process locked. */
    public ResourceUsage usage() {
        return usage.self();
    }

    /** What the children it has waited for, and theirs, have used. */
    public ResourceUsage childrenUsage() {
        return usage.children();
    }

    /** Who it is. */
    public Credentials credentials() {
        return credentials;
    }

    /** Whether it has changed its ids (P_SUGID); its children inherit that. */
    public boolean changedIds() {
        return changedIds;
    }

    /** Changes its ids; process locked. */
    void become(Credentials next) {
        credentials = next;
        changedIds = true;
    }

    /** Is as its parent about changed ids. */
    void inheritIds(Proc parent) {
        changedIds = parent.changedIds;
    }

    @Override
    public long limit(Resource resource) {
        return limits.soft(resource);
    }

    @Override
    public long hardLimit(Resource resource) {
        return limits.hard(resource);
    }

    /** Its resource limits. */
    public Limits limits() {
        return limits;
    }

    /** The address space, or null once it was given up in exit. */
    @Override
    public VmSpace vmspace() {
        return vmspace;
    }

    @Override
    public void brokenPipe() {
        processes.signals().post(this, SignalInfo.unknown(Signal.SIGPIPE), 0);
    }

    @Override
    public void protectFromReclaim() {
        reclaimable = false;
    }

    /** Whether it may be killed when memory runs out. */
    public boolean reclaimable() {
        return reclaimable;
    }

    @Override
    public FileTable files() {
        return files;
    }

    /** What its LWPs run. */
    public UserImage image() {
        return image;
    }

    /** The processes of the same kernel. */
    public Processes processes() {
        return processes;
    }

    /** Its CPU time. */
    public CpuTime cpuTime() {
        return cpuTime;
    }

    /** Where it is in its life. */
    public State state() {
        return state;
    }

    /** The process that may wait for it, or null: then nobody does. */
    public Proc parent() {
        return parent;
    }

    /** Exit status given to exit; 0 if it ended otherwise. */
    public int exitStatus() {
        return exitStatus;
    }

    /** The signal that killed it, or 0. */
    public int exitSignal() {
        return exitSignal;
    }

    /** Whether that signal left a core dump (WCOREDUMP). */
    public boolean coreDumped() {
        return coreDumped;
    }

    /** What it does about signals, those that are pending, and how it is stopped. */
    public ProcSignals signals() {
        return signals;
    }

    /** Signals sent to the process and not delivered yet, bit signo - 1. */
    public long pendingSignals() {
        return signals.pending.set();
    }

    /** Its process group. */
    public int group() {
        return group;
    }

    /** Its session. */
    public int session() {
        return session;
    }

    /** What is traced of it, flags of {@link Tracing}. */
    public int traceFlags() {
        return traceFlags;
    }

    /** Whether it uses scheduler activations: PS_SA, or an SA structure (p_sa). */
    public boolean activations() {
        return saEnabled || saRegistered;
    }

    /** Whether it has an SA structure (p_sa). */
    public boolean saRegistered() {
        return saRegistered;
    }

    /** Gives it an SA structure; process locked. */
    public void registerActivations() {
        saRegistered = true;
    }

    /** Sets PS_SA; process locked. */
    public void enableActivations() {
        saEnabled = true;
    }

    /** Whether it is neither stopped nor on its way out. */
    boolean running() {
        return state == State.ACTIVE;
    }

    /** Whether it can still take signals. */
    boolean alive() {
        return state == State.ACTIVE || state == State.STOPPED;
    }

    /** The process lock, p_lock. */
    public Mutex lock() {
        return lock;
    }

    /** Synthetic kernel address of the process; part of wait channels. */
    public long channel() {
        return channel;
    }

    /** Whether it is on its way out (PS_WEXIT). */
    public boolean exiting() {
        return exiting;
    }

    /** All LWPs, embryos and zombies included (p_nlwps). */
    public int lwpCount() {
        return lwps.size();
    }

    /** LWPs that began to exit and were not freed (p_nzlwps). */
    public int zombieCount() {
        return zombieCount;
    }

    /** LWPs that run, could run or sleep (p_nrlwps). */
    public int runnableCount() {
        return runnableCount;
    }

    /** Detached LWPs (p_ndlwps). */
    public int detachedCount() {
        return detachedCount;
    }

    /** LWPs inside lwp_wait (p_nlwpwait). */
    public int waiterCount() {
        return waiterCount;
    }

    /** The newest LWP, or null; go on with {@link Lwp#nextInProcess()}. */
    public Lwp newestLwp() {
        return lwps.head();
    }

    /** Shows every LWP, newest first. */
    public void forEachLwp(Consumer<Lwp> visitor) {
        for (Lwp l = lwps.head(); l != null; l = l.next) {
            visitor.accept(l);
        }
    }

    /** The LWP with that id in whatever state, or null. */
    public Lwp anyLwp(int lid) {
        return lwps.find(lid);
    }

    /** The LWP with that id unless it is an embryo or a zombie (lwp_find), or null. */
    public Lwp liveLwp(int lid) {
        Lwp l = lwps.find(lid);
        return l != null && l.alive() ? l : null;
    }

    /** The highest id any LWP of the process ever had from the per-process counter. */
    public int lastLid() {
        return lastLid;
    }

    /** Moves the per-process counter; for revisions that use it. */
    public void lastLid(int lid) {
        lastLid = lid;
    }

    @Override
    public String toString() {
        return name + "[" + pid + "]";
    }
}
