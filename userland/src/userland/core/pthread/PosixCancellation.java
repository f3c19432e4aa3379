// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CANCEL;
import static userland.core.pthread.Descriptor.CANCEL_ASYNC;
import static userland.core.pthread.Descriptor.CANCEL_DISABLED;
import static userland.core.pthread.Descriptor.CANCEL_PENDING;
import static userland.core.pthread.Descriptor.CLEANUP;
import static userland.core.pthread.Descriptor.DROP_LOCK;
import static userland.core.pthread.Descriptor.FLAGS;
import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.LOCK;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Cancellation;

/** Cancellation and cleanup handlers (pthread.c). A request wakes its thread with {@code _lwp_wakeup}. */
final class PosixCancellation implements Cancellation {
    private static final int HANDLER_NEXT = 0;
    private static final int HANDLER_FUNCTION = 8;
    private static final int HANDLER_ARGUMENT = 16;

    private final Library library;

    PosixCancellation(Library library) {
        this.library = library;
    }

    @Override
    public int cancel(User user, long thread) {
        if (!library.table().alive(user, thread)) {
            return Errno.ESRCH;
        }
        library.mutexes().lock(user, thread + LOCK);
        int flags = user.load32(thread + FLAGS) | CANCEL_PENDING;
        user.store32(thread + FLAGS, flags);
        boolean now = (flags & CANCEL_DISABLED) == 0;
        if (now) {
            user.store32(thread + CANCEL, 1);
        }
        library.mutexes().unlock(user, thread + LOCK);
        if (now) {
            user.syscall("_lwp_wakeup", user.load32(thread + LID));
        }
        return 0;
    }

    @Override
    public int setState(User user, int state, long old) {
        if (state != ENABLE && state != DISABLE) {
            return Errno.EINVAL;
        }
        int before = change(user, CANCEL_DISABLED, state == DISABLE);
        storeOld(user, old, (before & CANCEL_DISABLED) != 0 ? DISABLE : ENABLE);
        return 0;
    }

    @Override
    public int setType(User user, int type, long old) {
        if (type != DEFERRED && type != ASYNCHRONOUS) {
            return Errno.EINVAL;
        }
        int before = change(user, CANCEL_ASYNC, type == ASYNCHRONOUS);
        storeOld(user, old, (before & CANCEL_ASYNC) != 0 ? ASYNCHRONOUS : DEFERRED);
        return 0;
    }

    private static void storeOld(User user, long old, int value) {
        if (old != 0) {
            user.store32(old, value);
        }
    }

    /** Changes a flag of the caller and acts upon what follows; returns the flags before. */
    private int change(User user, int flag, boolean set) {
        long self = library.self(user);
        library.mutexes().lock(user, self + LOCK);
        int before = user.load32(self + FLAGS);
        int flags = set ? before | flag : before & ~flag;
        boolean enabled = (flags & CANCEL_DISABLED) == 0;
        boolean cancel = enabled && (flags & CANCEL_PENDING) != 0;
        user.store32(self + FLAGS, flags);
        user.store32(self + CANCEL, cancel ? 1 : 0);
        library.mutexes().unlock(user, self + LOCK);
        if (cancel && (flags & CANCEL_ASYNC) != 0) {
            cancelled(user, self);
        }
        return before;
    }

    @Override
    public void test(User user) {
        long self = library.self(user);
        if (user.load32(self + CANCEL) != 0) {
            cancelled(user, self);
        }
    }

    /** Ends the caller as cancelled; does not return (pthread__cancelled). */
    void cancelled(User user, long self) {
        long dropLock = user.load64(self + DROP_LOCK);
        if (dropLock != 0) {
            user.store64(self + DROP_LOCK, 0);
            library.mutexes().unlock(user, dropLock);
        }
        library.threads().exit(user, CANCELED);
    }

    @Override
    public long point(User user, String call, long... arguments) {
        test(user);
        long result = user.syscall(call, arguments);
        test(user);
        return result;
    }

    @Override
    public void push(User user, UserFunction handler, long argument) {
        long self = library.self(user);
        long record = Frames.push(user, self);
        user.store64(record + HANDLER_NEXT, user.load64(self + CLEANUP));
        user.store64(record + HANDLER_FUNCTION, user.functionAddress(handler));
        user.store64(record + HANDLER_ARGUMENT, argument);
        user.store64(self + CLEANUP, record);
    }

    @Override
    public void pop(User user, boolean execute) {
        long self = library.self(user);
        long record = user.load64(self + CLEANUP);
        user.store64(self + CLEANUP, user.load64(record + HANDLER_NEXT));
        Frames.pop(user, self);
        if (execute) {
            run(user, record);
        }
    }

    /** Runs all handlers of a thread that exits, newest first. */
    void cleanUp(User user, long self) {
        for (long record = user.load64(self + CLEANUP); record != 0; record = user.load64(self + CLEANUP)) {
            user.store64(self + CLEANUP, user.load64(record + HANDLER_NEXT));
            run(user, record);
        }
    }

    private void run(User user, long record) {
        library.function(user.load64(record + HANDLER_FUNCTION)).call(user, user.load64(record + HANDLER_ARGUMENT));
    }
}
