// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.FLAGS;
import static userland.core.pthread.Descriptor.GUARD_BYTES;
import static userland.core.pthread.Descriptor.STACK;
import static userland.core.pthread.Descriptor.STACK_BYTES;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Threads;

/** Thread attributes objects in user memory (pthread_attr.c). */
final class ThreadAttributes {
    static final long DEFAULT_STACK_BYTES = 16 * 1024;
    /** One page, as vm.thread_guard_size was for long. */
    static final long DEFAULT_GUARD_BYTES = 4096;

    private static final int MAGIC = 0x1111_0001;
    private static final int DETACH_STATE = 4;
    private static final int STACK_SIZE = 8;
    private static final int STACK_ADDRESS = 16;
    private static final int GUARD_SIZE = 24;

    private ThreadAttributes() {
    }

    static boolean valid(User user, long attributes) {
        return user.load32(attributes) == MAGIC;
    }

    static int init(User user, long attributes) {
        user.store32(attributes, MAGIC);
        user.store32(attributes + DETACH_STATE, Threads.CREATE_JOINABLE);
        user.store64(attributes + STACK_SIZE, DEFAULT_STACK_BYTES);
        user.store64(attributes + STACK_ADDRESS, 0);
        user.store64(attributes + GUARD_SIZE, DEFAULT_GUARD_BYTES);
        return 0;
    }

    static int destroy(User user, long attributes) {
        if (!valid(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store32(attributes, 0);
        return 0;
    }

    static int setDetachState(User user, long attributes, int state) {
        boolean known = state == Threads.CREATE_JOINABLE || state == Threads.CREATE_DETACHED;
        if (!known || !valid(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store32(attributes + DETACH_STATE, state);
        return 0;
    }

    static int detachState(User user, long attributes) {
        return user.load32(attributes + DETACH_STATE);
    }

    static int setStackSize(User user, long attributes, long bytes) {
        if (bytes < Threads.STACK_MIN || !valid(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store64(attributes + STACK_SIZE, bytes);
        return 0;
    }

    static long stackSize(User user, long attributes) {
        return user.load64(attributes + STACK_SIZE);
    }

    static int setStack(User user, long attributes, long address, long bytes) {
        int error = address == 0 ? Errno.EINVAL : setStackSize(user, attributes, bytes);
        if (error == 0) {
            user.store64(attributes + STACK_ADDRESS, address);
        }
        return error;
    }

    static long stack(User user, long attributes) {
        return user.load64(attributes + STACK_ADDRESS);
    }

    static int setGuardSize(User user, long attributes, long bytes) {
        if (bytes < 0 || !valid(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store64(attributes + GUARD_SIZE, bytes);
        return 0;
    }

    static long guardSize(User user, long attributes) {
        return user.load64(attributes + GUARD_SIZE);
    }

    /** pthread_getattr_np; the first thread's stack is the kernel's, so it has the default size and no address. */
    static int of(User user, long thread, long attributes) {
        init(user, attributes);
        boolean detached = (user.load32(thread + FLAGS) & Descriptor.DETACHED) != 0;
        user.store32(attributes + DETACH_STATE, detached ? Threads.CREATE_DETACHED : Threads.CREATE_JOINABLE);
        if (user.load64(thread + STACK) != 0) {
            user.store64(attributes + STACK_ADDRESS, user.load64(thread + STACK));
            user.store64(attributes + STACK_SIZE, user.load64(thread + STACK_BYTES));
            user.store64(attributes + GUARD_SIZE, user.load64(thread + GUARD_BYTES));
        }
        return 0;
    }
}
