// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;
import userland.program.UserFunction;

/** Creating, naming, joining and ending threads (pthread.c). A thread is the address of its descriptor. */
@ProviderType
public interface Threads {
    /** Bytes of a thread attributes object. */
    int ATTR_BYTES = 32;
    /** Bytes of a once control. */
    int ONCE_BYTES = 48;
    /** Detach state: somebody joins it. The default. */
    int CREATE_JOINABLE = 0;
    /** Detach state: it frees itself. */
    int CREATE_DETACHED = 1;
    /** Smallest stack in bytes. */
    long STACK_MIN = 4096;
    /** Bytes of the longest name with the 0 that ends it. */
    int MAX_NAME = 32;

    /**
     * Starts a thread with default attributes.
     *
     * @return the thread, or a negative error number: EAGAIN
     */
    default long create(User user, UserFunction function, long argument) {
        return create(user, 0, function, argument);
    }

    /**
     * Starts a thread.
     *
     * @param attributes address of an initialised attributes object, or 0
     * @param function what it executes; when it returns, the thread exits with value 0
     * @return the thread, or a negative error number: EAGAIN when there is no memory or LWP left, EINVAL
     */
    long create(User user, long attributes, UserFunction function, long argument);

    /** The calling thread. */
    long self(User user);

    /** Whether two threads are the same. */
    default boolean equal(long one, long other) {
        return one == other;
    }

    /** LWP id of a thread that exists. */
    int lid(User user, long thread);

    /**
     * Ends the calling thread: runs cleanup handlers, destructors of thread-local objects, then those of keys. Does not
     * return.
     *
     * @param value what a joiner gets
     */
    void exit(User user, long value);

    /**
     * __cxa_thread_atexit: calls a destructor when the calling thread exits, after its cleanup handlers and before the
     * destructors of keys; the newest first.
     */
    void atThreadExit(User user, UserFunction destructor, long argument);

    /** As {@link #join(User, long, long)}, without asking for the value. */
    default int join(User user, long thread) {
        return join(user, thread, 0);
    }

    /**
     * Waits for a thread to end and frees it. A cancellation point.
     *
     * @param value where to store its 64-bit exit value, or 0
     * @return 0, ESRCH, EDEADLK for the caller itself, EINVAL for a detached thread
     */
    int join(User user, long thread, long value);

    /** Lets a thread free itself when it ends: 0, ESRCH, EINVAL when it was detached already. */
    int detach(User user, long thread);

    /** Calls a routine exactly once for a once control: 0. */
    int once(User user, long control, UserFunction routine);

    /** pthread_setname_np, with a name that is used as it is: 0, ESRCH, EINVAL when it is too long. */
    int setName(User user, long thread, String name);

    /** pthread_getname_np: the name, empty when there is none, or null (ESRCH). */
    String getName(User user, long thread);

    /**
     * Sets scheduling class and priority, by {@code _sched_setparam}.
     *
     * @param policy SCHED_OTHER (0), SCHED_FIFO (1) or SCHED_RR (2)
     * @param priority 0 to 63, or -1 for SCHED_OTHER
     * @return 0, ESRCH, EINVAL, EPERM
     */
    int setSchedParam(User user, long thread, int policy, int priority);

    /** The priority of a thread, -1 for SCHED_OTHER; stores its class at {@code policy}. Or a negative ESRCH. */
    int getSchedParam(User user, long thread, long policy);

    /** pthread_suspend_np: 0, ESRCH, EDEADLK for the caller itself. */
    int suspend(User user, long thread);

    /** pthread_resume_np: 0, ESRCH. */
    int resume(User user, long thread);

    /** Sends a signal to a thread; 0 only checks: 0, ESRCH, EINVAL. */
    int kill(User user, long thread, int signal);

    /**
     * pthread_sigmask: changes the signals that the calling thread blocks; threads it creates inherit them.
     *
     * @param how {@code SignalWaits.SIG_BLOCK}, {@code SIG_UNBLOCK} or {@code SIG_SETMASK}
     * @param set bit n - 1 for signal n
     * @param old where to store the 64 bits of before, or 0
     * @return 0 or EINVAL
     */
    int sigMask(User user, int how, long set, long old);

    /** Initialises an attributes object: 0. */
    int attrInit(User user, long attributes);

    /** Ends the use of an attributes object: 0, EINVAL when it was not initialised. */
    int attrDestroy(User user, long attributes);

    /** Sets the detach state: 0, EINVAL. */
    int attrSetDetachState(User user, long attributes, int state);

    /** The detach state. */
    int attrGetDetachState(User user, long attributes);

    /** Sets the size of the stack: 0, EINVAL below {@link #STACK_MIN}. */
    int attrSetStackSize(User user, long attributes, long bytes);

    /** The size of the stack. */
    long attrGetStackSize(User user, long attributes);

    /**
     * Has threads run on memory of the program, which gets no guard: 0, EINVAL for address 0 or less than
     * {@link #STACK_MIN} bytes.
     *
     * @param stack its lowest address
     */
    int attrSetStack(User user, long attributes, long stack, long bytes);

    /** The lowest address of the stack, or 0 when the library makes one. */
    long attrGetStack(User user, long attributes);

    /** Sets how many bytes below a stack of the library cannot be touched, rounded up to pages: 0, EINVAL. */
    int attrSetGuardSize(User user, long attributes, long bytes);

    /** The size of the guard. */
    long attrGetGuardSize(User user, long attributes);

    /** pthread_getattr_np: initialises an attributes object with those of a thread that exists: 0, ESRCH. */
    int getAttr(User user, long thread, long attributes);
}
