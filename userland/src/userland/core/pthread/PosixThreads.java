// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.Threads;
import userland.program.User;
import userland.program.UserFunction;

/** The thread library of one process; everything it knows is in user memory. */
public final class PosixThreads implements Threads {
    private final ThreadStacks stacks;

    /** @param code finds the function at an address of the process's text */
    public PosixThreads(java.util.function.LongFunction<UserFunction> code) {
        stacks = new ThreadStacks(code);
    }

    /** The library of a forked child. */
    public PosixThreads(PosixThreads parent) {
        stacks = new ThreadStacks(parent.stacks);
    }

    /**
     * Called by the first LWP of a forked child: it goes on with the descriptor of the thread that forked.
     *
     * @param threadPointer that thread's
     */
    public void afterFork(User user, long threadPointer) {
        if (threadPointer != 0) {
            user.lwpSetPrivate(threadPointer);
            user.store32(threadPointer + ThreadLayout.LID, user.lid());
        }
    }

    @Override
    public long create(User user, UserFunction function, long argument) {
        return stacks.create(user, function, argument);
    }

    @Override
    public int lid(User user, long thread) {
        return user.load32(thread + ThreadLayout.LID);
    }

    @Override
    public int join(User user, long thread) {
        return stacks.join(user, thread);
    }

    @Override
    public int detach(User user, long thread) {
        return stacks.detach(user, thread);
    }

    @Override
    public void mutexInit(User user, long mutex, int kind) {
        Mutexes.init(user, mutex, kind);
    }

    @Override
    public int lock(User user, long mutex) {
        return Mutexes.lock(user, mutex);
    }

    @Override
    public int tryLock(User user, long mutex) {
        return Mutexes.tryLock(user, mutex);
    }

    @Override
    public int unlock(User user, long mutex) {
        return Mutexes.unlock(user, mutex);
    }

    @Override
    public int await(User user, long condition, long mutex) {
        return Conditions.await(user, condition, mutex, User.FOREVER);
    }

    @Override
    public int awaitUntil(User user, long condition, long mutex, long untilNanos) {
        return untilNanos < 0 ? Errno.EINVAL : Conditions.await(user, condition, mutex, untilNanos);
    }

    @Override
    public void signal(User user, long condition) {
        Conditions.signal(user, condition);
    }

    @Override
    public void broadcast(User user, long condition) {
        Conditions.broadcast(user, condition);
    }

    @Override
    public int barrierInit(User user, long barrier, int count) {
        return Barriers.init(user, barrier, count);
    }

    @Override
    public int barrierWait(User user, long barrier) {
        return Barriers.await(user, barrier);
    }

    @Override
    public int readLock(User user, long rwlock) {
        return ReadWriteLocks.readLock(user, rwlock);
    }

    @Override
    public int writeLock(User user, long rwlock) {
        return ReadWriteLocks.writeLock(user, rwlock);
    }

    @Override
    public int rwUnlock(User user, long rwlock) {
        return ReadWriteLocks.unlock(user, rwlock);
    }
}
