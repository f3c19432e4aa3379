// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.ARGUMENT;
import static userland.core.pthread.Descriptor.CONTROL;
import static userland.core.pthread.Descriptor.DEAD;
import static userland.core.pthread.Descriptor.FLAGS;
import static userland.core.pthread.Descriptor.FUNCTION;
import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.RUNNING;
import static userland.core.pthread.Descriptor.SPECIFIC;
import static userland.core.pthread.Descriptor.STACK;
import static userland.core.pthread.Descriptor.STACK_BYTES;
import static userland.core.pthread.Descriptor.STATE;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Generation;
import userland.pthread.Threads;

/** Making threads: pthread_create and the first code of every thread. */
final class ThreadStart {
    /** Room for a context, also if the machine is swapped for one with larger contexts while it is written. */
    private static final int CONTEXT_ROOM = 1024;
    private static final int CONTEXT_ATTEMPTS = 10;
    private static final int LWP_DETACHED = 0x40;
    private static final int LWPCTL_FEATURE_CURCPU = 1;

    private final Library library;
    private final ThreadMemory memory;
    private final UserFunction first = this::first;

    ThreadStart(Library library, ThreadMemory memory) {
        this.library = library;
        this.memory = memory;
    }

    /**
     * A new thread, or a negative error number.
     *
     * @param thread a descriptor with a stack, or 0 if there is none to be had
     */
    long create(User user, long thread, int detachState, UserFunction function, long argument) {
        if (thread == 0) {
            return -Errno.EAGAIN;
        }
        boolean detached = detachState == Threads.CREATE_DETACHED;
        reset(user, thread, detached ? Descriptor.DETACHED : 0);
        user.store64(thread + FUNCTION, user.functionAddress(function));
        user.store64(thread + ARGUMENT, argument);
        boolean freesItself = detached || library.generation() == Generation.LIBPTHREAD_2009;
        int error = startLwp(user, thread, freesItself ? LWP_DETACHED : 0);
        if (error != 0) {
            user.store32(thread + STATE, DEAD);
            memory.release(user, thread);
            return -error;
        }
        return thread;
    }

    /** Makes a descriptor that of a new thread; where its stack and its values of keys are stays. */
    static void reset(User user, long thread, int flags) {
        user.store64(thread + LID, 0);
        user.store64(thread + FLAGS, flags);
        for (int offset = CONTROL; offset < Descriptor.WAITERS; offset += Long.BYTES) {
            boolean stays = offset == STACK || offset == STACK_BYTES || offset == SPECIFIC
                    || offset == Descriptor.TABLE_NEXT;
            if (!stays) {
                user.store64(thread + offset, 0);
            }
        }
        user.store32(thread + STATE, RUNNING);
    }

    /** Starts the LWP; a context is made anew if the machine was swapped before it was used. */
    private int startLwp(User user, long thread, long flags) {
        long stack = user.load64(thread + STACK);
        long stackBytes = user.load64(thread + STACK_BYTES);
        int error = Errno.EINVAL;
        for (int attempt = 0; error == Errno.EINVAL && attempt < CONTEXT_ATTEMPTS; attempt++) {
            long context = thread - Math.max(user.contextBytes(), CONTEXT_ROOM) & -16L;
            user.makeContext(context, first, thread, stack, stackBytes);
            error = user.lwpCreate(context, flags, thread + LID) == 0 ? 0 : user.errno();
        }
        return error;
    }

    private void first(User user, long thread) {
        user.lwpSetPrivate(thread);
        openControl(user, thread);
        library.function(user.load64(thread + FUNCTION)).call(user, user.load64(thread + ARGUMENT));
        library.threads().exit(user, 0);
    }

    /** Asks for the control block, by which others see whether the caller runs; without one they do not spin. */
    static void openControl(User user, long thread) {
        if (user.syscall("_lwp_ctl", LWPCTL_FEATURE_CURCPU, thread + CONTROL) == -1) {
            user.store64(thread + CONTROL, 0);
        }
    }

    /** Gives an LWP that this library did not start a descriptor (pthread__initmain). */
    long adopt(User user) {
        long thread = user.allocate(Descriptor.BYTES);
        user.store32(thread + STATE, RUNNING);
        user.store32(thread + LID, user.lid());
        user.lwpSetPrivate(thread);
        library.table().add(user, thread);
        openControl(user, thread);
        return thread;
    }

    /** Lets the only LWP of a forked child go on as the thread that forked. */
    void adopt(User user, long thread) {
        user.lwpSetPrivate(thread);
        user.store32(thread + LID, user.lid());
        library.table().forgetOthers(user, thread);
        openControl(user, thread);
    }
}
