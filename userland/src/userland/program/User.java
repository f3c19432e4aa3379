// SPDX-License-Identifier: BSD-2-Clause
package userland.program;

import org.osgi.annotation.versioning.ProviderType;
import userland.pthread.Pthread;

/**
 * The C library as one LWP sees it: system calls, user memory, computing.
 *
 * <p>Every LWP has its own; only the LWP that executes may call it. Each method is a place where other
 * CPUs may make progress, so between two of them anything can happen to shared memory. Calls follow the
 * C convention: a result, or -1 with {@link #errno()} set. An access to memory that is not mapped that
 * way raises SIGSEGV or SIGBUS; when that kills the process the method never returns.
 *
 * <p>All addresses are user addresses of the process, all times are virtual nanoseconds.
 */
@ProviderType
public interface User {
    /** Process id. */
    int pid();

    /** Id of this LWP, as {@code _lwp_self} returns it but without the call. */
    int lid();

    /** Error number of this LWP's last call that failed. */
    int errno();

    // --- user memory -------------------------------------------------------------------------

    /** The byte at an address, zero-extended. */
    int load8(long address);

    /** The little-endian 16-bit value at an address, zero-extended. */
    int load16(long address);

    /** The little-endian 32-bit value at an address. */
    int load32(long address);

    /** The little-endian 64-bit value at an address. */
    long load64(long address);

    /** Stores the low 8 bits. */
    void store8(long address, int value);

    /** Stores the low 16 bits. */
    void store16(long address, int value);

    /** Stores 32 bits. */
    void store32(long address, int value);

    /** Stores 64 bits. */
    void store64(long address, long value);

    /** Atomic compare-and-set of an aligned 32-bit word. */
    boolean cas32(long address, int expected, int update);

    /** Atomic compare-and-set of an aligned 64-bit word. */
    boolean cas64(long address, long expected, long update);

    /** Adds atomically to an aligned 32-bit word and returns the value before. */
    int fetchAdd32(long address, int delta);

    /** Adds atomically to an aligned 64-bit word and returns the value before. */
    long fetchAdd64(long address, long delta);

    /** How many floating-point registers the machine has: XMM, D or Q registers; 0 if it has none. */
    int floatRegisters();

    /**
     * The low 64 bits of a floating-point register, as {@link Double#longBitsToDouble} takes them.
     *
     * @throws IllegalArgumentException if the machine has no such register
     */
    long loadFloat(int register);

    /** Sets the low 64 bits of a floating-point register; the others stay. */
    void storeFloat(int register, long bits);

    /** Copies bytes from user memory. */
    void read(long address, byte[] into, int offset, int length);

    /** Copies bytes to user memory. */
    void write(long address, byte[] from, int offset, int length);

    /**
     * Allocates zeroed memory of this process, aligned to 16 bytes, from an arena that {@code mmap} feeds.
     *
     * @return its address, or 0 with ENOMEM
     */
    long allocate(long bytes);

    // --- computing ---------------------------------------------------------------------------

    /** Executes user instructions for that long; other LWPs may preempt it meanwhile. */
    void compute(long nanos);

    /** CLOCK_MONOTONIC, read without a system call. */
    long monotonicNanos();

    /** CLOCK_REALTIME, read without a system call. */
    long realtimeNanos();

    /** Number of CPUs of the machine. */
    int cpuCount();

    // --- functions and threads ---------------------------------------------------------------

    /** The address of a function in this process's text segment; the same object always has the same one. */
    long functionAddress(UserFunction function);

    /**
     * Writes a context that starts a function, as {@code _lwp_makecontext} does.
     *
     * @param context where to write; at least {@link #contextBytes()} bytes
     * @param stack lowest address of its stack
     */
    void makeContext(long context, UserFunction function, long argument, long stack, long stackBytes);

    /** Size of this machine's {@code ucontext_t}. */
    int contextBytes();

    /** The thread pointer register, which {@code _lwp_setprivate} sets; 0 until then. */
    long privatePointer();

    /** {@code _lwp_setprivate}. */
    int lwpSetPrivate(long value);

    /** Thread library of this process. */
    Pthread pthread();

    // --- system calls ------------------------------------------------------------------------

    /**
     * Any system call by name, with its arguments in order; missing ones are 0.
     *
     * @return its result, or -1; ENOSYS when the kernel has no such call
     */
    long syscall(String name, long... arguments);

    /** {@code _lwp_create}: 0 or -1; the new id is stored at {@code newLid}. */
    int lwpCreate(long context, long flags, long newLid);

    /** {@code _lwp_exit}; does not return. */
    void lwpExit();

    /** {@code _lwp_self}. */
    int lwpSelf();

    /** {@code _lwp_wait}; {@code lid} 0 waits for any. */
    int lwpWait(int lid, long departed);

    /** {@code _lwp_detach}. */
    int lwpDetach(int lid);

    /** {@code _lwp_kill}. */
    int lwpKill(int lid, int signal);

    /** {@code _lwp_setname} of this LWP; names are cut to 15 characters. */
    int lwpSetName(String name);

    /** {@code _lwp_unpark}. */
    int lwpUnpark(int lid, long hint);

    /** {@code _lwp_unpark_all} of {@code count} 32-bit ids at {@code lids}. */
    long lwpUnparkAll(long lids, long count, long hint);

    /**
     * Parks this LWP until a monotonic time, as {@link #park(int, long, int, long, long)} does, and wakes nobody.
     *
     * @param hint address of the object slept on
     */
    int park(long untilNanos, long hint);

    /**
     * Parks this LWP with whichever park call the kernel has at the moment.
     *
     * <p>{@code ___lwp_park60} exists since 2012, {@code ___lwp_park50} before; a program that was started
     * under one revision finds the other after a swap. Like every park it may return early, with or
     * without an error: the caller tests its condition again.
     *
     * @param clock CLOCK_REALTIME (0) or CLOCK_MONOTONIC (3)
     * @param untilNanos time of that clock after which it gives up, or {@link #FOREVER}
     * @param unpark id of an LWP to unpark first, or 0
     * @param hint address of the object slept on
     * @param unparkHint address of the object that {@code unpark} sleeps on
     * @return 0 or the error number: EINTR, EALREADY, ETIMEDOUT, ESRCH without parking when {@code unpark} is gone
     */
    int park(int clock, long untilNanos, int unpark, long hint, long unparkHint);

    /** No deadline. */
    long FOREVER = Long.MAX_VALUE;

    /** Sleeps until a monotonic time, whatever wakes it meanwhile. */
    void sleepUntil(long untilNanos);

    /** {@code sched_yield}. */
    void yield();

    /** {@code mmap}: the address, or -1. */
    long mmap(long address, long bytes, int protection, int flags, int descriptor, long offset);

    /** {@code munmap}. */
    int munmap(long address, long bytes);

    /** {@code mprotect}. */
    int mprotect(long address, long bytes, int protection);

    /**
     * {@code fork}; a Java stack cannot be copied, so the child starts in a function of its own.
     *
     * <p>The child's memory is a copy by the inheritance rules of each mapping. Java objects that its
     * function refers to are shared with the parent: keep what the child may change in user memory.
     *
     * @return the child's pid, or -1
     */
    int fork(UserFunction child);

    /** Waits for a child to exit; returns its pid, or -1. {@code status} may be 0. */
    int waitChild(int pid, long status);

    // --- signals: sets have bit n - 1 for signal n, names are in kernel.lwp.signal -------------

    /** The address of a signal handler in this process's text segment; the same object always has the same one. */
    long handlerAddress(SignalHandler handler);

    /**
     * {@code sigaction}: what the process does about a signal.
     *
     * @param handler a {@link #handlerAddress}, {@code SignalAction.SIG_DFL} or {@code SignalAction.SIG_IGN}
     * @param flags {@code SignalAction.SA_} bits
     * @param mask what is blocked besides while the handler runs
     * @return 0 or -1
     */
    int sigaction(int signal, long handler, int flags, long mask);

    /** {@code sigaction} with a Java function. */
    default int sigaction(int signal, SignalHandler handler, int flags, long mask) {
        return sigaction(signal, handlerAddress(handler), flags, mask);
    }

    /**
     * {@code sigprocmask} of this LWP.
     *
     * @param how {@code SignalWaits.SIG_BLOCK}, {@code SIG_UNBLOCK} or {@code SIG_SETMASK}
     * @return the mask before; -1 for another {@code how}
     */
    long sigprocmask(int how, long set);

    /** The mask of this LWP. */
    long signalMask();

    /** {@code sigpending}: blocked signals that wait for this LWP. */
    long sigpending();

    /** {@code sigsuspend}: waits with another mask until a handler has run; -1 with EINTR. */
    int sigsuspend(long mask);

    /**
     * {@code sigtimedwait}: takes one of several blocked signals, waiting for it.
     *
     * @param info where its {@code siginfo_t} is stored, or 0
     * @param nanos how long, or {@link #FOREVER}
     * @return the signal, or -1 with EAGAIN or EINTR
     */
    int sigtimedwait(long set, long info, long nanos);

    /** {@code sigaltstack}: a stack for handlers with SA_ONSTACK; 0 bytes for none. */
    int sigaltstack(long base, long bytes);

    /** Sends a signal to this LWP. */
    int raise(int signal);

    /** {@code kill}: to a process, a group or all. */
    int kill(int pid, int signal);

    /** {@code getcontext}: 0 or -1. */
    int getcontext(long context);

    /**
     * {@code setcontext}: goes on where a context says; -1 if it cannot, otherwise it does not return.
     *
     * <p>A context of a signal frame leads back to what the handler interrupted, any other one to the start of the
     * function that its program counter names.
     */
    int setcontext(long context);

    /** Calls what was registered with {@link #atexit}, the newest first, and ends the process; does not return. */
    void exit(int status);

    /** {@code _exit}: ends the process and all its LWPs; does not return. */
    void exitNow(int status);

    /**
     * {@code atexit}: has a function called when the process exits, by whichever LWP calls {@link #exit}.
     *
     * @return 0, or -1 when there is no memory
     */
    int atexit(UserFunction handler);

    /**
     * {@code __cxa_atexit}: as {@link #atexit}, with an argument.
     *
     * @param owner an address that stands for the part of the program it belongs to, or 0
     */
    int cxaAtexit(UserFunction destructor, long argument, long owner);

    /** {@code __cxa_finalize}: calls what an owner registered, the newest first; for 0 everything that is left. */
    void cxaFinalize(long owner);

    /** {@code sysctlbyname} of a variable {@code kern.sched.*} of the scheduler: its value, or -1 with ENOENT. */
    long sysctl(String name);

    /** Writes a line to the process's output. */
    void print(String line);
}
