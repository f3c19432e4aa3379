// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.kernel.Trap;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.revision.LwpQuirk;
import kernel.sched.errno.Errno;
import kernel.sched.task.CpuMode;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.SyscallFrame;
import machine.core.engine.Cpu;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A light-weight process: one thread of a process.
 *
 * <p>Models the process-layer members of {@code struct lwp} (sys/lwp.h 1.89 and 1.217). Made by
 * {@link Processes}; fields change only on the engine thread, those of {@link #flags()} and of the park state
 * without an interleave point between test and change, the rest with the process locked.
 */
@ProviderType
public final class Lwp extends Task {
    /** Next older LWP of the process. */
    Lwp next;
    /** Next newer LWP of the process. */
    Lwp previous;
    /** Next in the chain of the process's id index. */
    Lwp indexNext;

    int flags;
    int lwpFlags;
    boolean ownsId;
    int threadId;
    boolean exiting;
    String name;
    long privatePointer;
    int waitingFor;
    int waiter;
    /** Whether it is inside lwp_wait. */
    boolean inWait;
    /** The LWP whose suspension it sleeps for in _lwp_suspend, or null. */
    Lwp suspending;
    long parkHint;
    /** Where it is shown on which CPU it is, or null. */
    ControlBlock control;
    /** A tracer has not been told yet that it was created. */
    boolean unreported;
    /** Its process's credentials when it entered the kernel to create an LWP (l_cred), or null. */
    Credentials credentials;
    /** How many handlers it is in, or {@link Contexts#ANEW}. */
    int handlerDepth;
    /** Its floating-point registers in the machine's layout; null if it never wrote one. */
    byte[] fpu;
    private boolean idleInUserMode;

    private final Proc proc;
    private final int lid;
    private final UserRegisters registers = new UserRegisters();
    private final LwpSignals signals = new LwpSignals();
    private int madeContextBytes;
    private final SyscallFrame frame;

    Lwp(Proc proc, int lid) {
        this.proc = proc;
        this.lid = lid;
        this.frame = new SyscallFrame(this, proc, proc.processes().newUserMemory(proc));
    }

    /** The process it belongs to. */
    public Proc proc() {
        return proc;
    }

    /** The LWP id. */
    @Override
    public int lid() {
        return lid;
    }

    @Override
    public int pid() {
        return proc.pid();
    }

    /**
     * lwp_gettid: an id that no other LWP in the system has; chosen when first asked for, kept for life.
     *
     * <p>Called by the LWP itself. DEVIATION: the ids come from the space of the process ids, so that they also
     * differ from the ids of LWPs that a newer revision made; which ids the original gave is not known.
     *
     * @return the id, or 0 when there is none left
     */
    public int threadId() {
        if (ownsId) {
            return lid;
        }
        if (threadId == 0) {
            threadId = proc.processes().ids().allocate();
        }
        return threadId;
    }

    /** The way into the kernel for its user code. */
    public Trap trap() {
        return proc.processes().trap();
    }

    /** Its user registers. */
    public UserRegisters registers() {
        return registers;
    }

    /**
     * Size of the ucontext_t that this LWP made last in user memory, 0 if it made none.
     *
     * <p>DEVIATION: says which machine's layout the bytes have, so that _lwp_create refuses a context that was made
     * before a machine swap. Some layouts pass the validation of another machine.
     */
    public int madeContextBytes() {
        return madeContextBytes;
    }

    /** Notes the layout of a context that user code has made. */
    public void madeContextBytes(int bytes) {
        madeContextBytes = bytes;
    }

    /** Arguments and result of the system call it is in or makes next. */
    public SyscallFrame frame() {
        return frame;
    }

    /** LW_ bits of {@link LwpFlag}. */
    public int flags() {
        return flags;
    }

    /** LPR_ bits of {@link LwpFlag}. */
    public int lwpFlags() {
        return lwpFlags;
    }

    /** Whether nobody will wait for it. */
    public boolean detached() {
        return (lwpFlags & LwpFlag.LPR_DETACHED) != 0;
    }

    /** The name given with {@code _lwp_setname}, or null. */
    public String name() {
        return name;
    }

    /** What {@code _lwp_setprivate} stored. */
    public long privatePointer() {
        return privatePointer;
    }

    /** Its signal mask, pending signals, alternate stack and handlers. */
    public LwpSignals signals() {
        return signals;
    }

    /** Blocked signals, bit signo - 1. */
    public long signalMask() {
        return signals.mask;
    }

    /** Notes who its process is now, as LWP_CACHE_CREDS does when an LWP enters the kernel. */
    public void cacheCredentials() {
        credentials = proc.credentials();
    }

    /** Signals sent to this LWP and not delivered yet, bit signo - 1. */
    public long pendingSignals() {
        return signals.pending.set();
    }

    /**
     * Leaves the user code that runs for where {@link Contexts#restore} sent this LWP; does not return.
     *
     * <p>Called by the LWP itself, with nothing locked.
     */
    public void resume() {
        throw new Resumption();
    }

    /** The id it specifically waits for in {@code _lwp_wait}, or 0. */
    public int waitingFor() {
        return waitingFor;
    }

    /** The first LWP that specifically waits for this one, or 0. */
    public int waiter() {
        return waiter;
    }

    /** Changes {@link #waiter()}; for revisions, inside a scan. */
    public void markWaiter(int waiterLid) {
        waiter = waiterLid;
    }

    /** Whether it is parked: asleep, or stopped in its sleep, on the park object. */
    public boolean parked() {
        return syncObject() == proc.processes().parkObject();
    }

    /** The hint it is or was last parked on, a user address. */
    public long parkHint() {
        return parkHint;
    }

    /** Whether it has passed the first step of lwp_exit. */
    public boolean exiting() {
        return exiting;
    }

    /** The next LWP of its process in list order, newest first, or null; for revisions. */
    public Lwp nextInProcess() {
        return next;
    }

    /** Synthetic kernel address of the LWP; its wait channel where that is the LWP itself. */
    public long channel() {
        return Processes.LWP_CHANNELS + (serial() << Processes.CHANNEL_SHIFT);
    }

    /** Gives it a name; process locked. */
    public void rename(String newName) {
        name = newName;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether lwp_find returns it: neither embryo nor zombie. */
    boolean alive() {
        return state() != TaskState.LSIDL && state() != TaskState.LSZOMB;
    }

    /** Signals it may take now, its own and its process's. */
    long deliverable() {
        long pending = signals.pending.set() | proc.signals.pending.set();
        return pending & ~signals.mask & ~proc.signals.actions.ignored();
    }

    @Override
    public Object addressSpace() {
        return proc.vmspace();
    }

    /**
     * Says that the sleep it is about to enter, or has left, stands for user code that waits for the outside world.
     *
     * <p>Called by the LWP itself. To the system calls of others such an LWP runs in user mode: {@code _lwp_wakeup}
     * leaves it alone and answers ENODEV, and the cancellation it leaves behind stays for the next real sleep.
     * DEVIATION: the originals have no such LWPs.
     */
    public void setIdleInUserMode(boolean idle) {
        idleInUserMode = idle;
    }

    /** Whether it only waits for the outside world, see {@link #setIdleInUserMode}. */
    public boolean idleInUserMode() {
        return idleInUserMode;
    }

    @Override
    public int beforeSleep() {
        if (has(interruptions())) {
            flags &= ~LwpFlag.LW_CANCELLED;
            return Errno.EINTR;
        }
        return has(LwpFlag.LW_PENDSIG) && deliverable() != 0 ? EARLY : SLEEP;
    }

    @Override
    public int afterSleep() {
        if (has(interruptions())) {
            if (!proc.processes().quirk(LwpQuirk.WAKEUP_COUNTS_TWICE)) {
                flags &= ~(interruptions() & LwpFlag.LW_CANCELLED);
            }
            return Errno.EINTR;
        }
        return has(LwpFlag.LW_PENDSIG) ? proc.processes().taker().sleepResult(this) : 0;
    }

    @Override
    public void dropFlags() {
        flags = 0;
    }

    /** Flags that end an interruptible sleep. */
    private int interruptions() {
        return idleInUserMode ? LwpFlag.LW_WEXIT | LwpFlag.LW_WCORE
                : LwpFlag.LW_CANCELLED | LwpFlag.LW_WEXIT | LwpFlag.LW_WCORE;
    }

    @Override
    public void ticked(CpuMode mode) {
        proc.cpuTime().ticked(mode);
    }

    @Override
    public void switchedIn(Cpu cpu) {
        proc.processes().spaces().load(proc.vmspace, cpu);
        if (control != null) {
            control.show(cpu.id());
            control.count(control.count() + 1);
        }
    }

    @Override
    public void spaceRests(Cpu cpu) {
        proc.processes().spaces().rest(cpu);
    }

    /** What an exit has shown stays. */
    @Override
    public void switchedOut(Cpu cpu) {
        if (state() != TaskState.LSZOMB || proc.processes().quirk(LwpQuirk.EXIT_MARK_OVERWRITTEN)) {
            showCpu(ControlBlock.CPU_NONE);
        }
    }

    /**
     * lwp_ctl_alloc: makes the kernel show this LWP's CPU (lc_curcpu) and count its switches (lc_pctr) in user memory.
     *
     * <p>Called by the LWP itself with nothing locked; may block. Later calls change nothing.
     *
     * @return 0 with the block at {@link #controlAddress()}, or ENOMEM
     */
    public int openControl() {
        proc.lock.enter();
        int error = ControlArea.open(this);
        proc.lock.exit();
        return error;
    }

    /** User address of its control block; 0 without one. */
    public long controlAddress() {
        return control == null ? 0 : control.userAddress();
    }

    /** Time on a CPU up to now. */
    public long runNanos() {
        long now = proc.processes().engine().nowNanos();
        long running = onCpu() ? Math.max(0, now - accounting().stampNanos()) : 0;
        return accounting().runNanos() + running;
    }

    /** Writes lc_curcpu, if the LWP has a control block. */
    void showCpu(int cpu) {
        if (control != null) {
            control.show(cpu);
        }
    }
}
