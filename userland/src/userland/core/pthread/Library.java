// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import java.util.function.LongFunction;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Barriers;
import userland.pthread.Cancellation;
import userland.pthread.Conditions;
import userland.pthread.Generation;
import userland.pthread.Keys;
import userland.pthread.Mutexes;
import userland.pthread.Pthread;
import userland.pthread.Rwlocks;
import userland.pthread.Semaphores;
import userland.pthread.Threads;

/**
 * The thread library of one process.
 *
 * <p>Outside of user memory it only knows where its data is, as the linker's tables know in the original. Engine thread
 * only.
 */
public final class Library implements Pthread {
    private static final int HASH_SHIFT_HIGH = 9;
    private static final int HASH_SHIFT_LOW = 3;

    private final LongFunction<UserFunction> code;
    private final Generation generation;
    private final WaitRecords records = new WaitRecords(this);
    private final ThreadTable table = new ThreadTable(this);
    private final MutexBase mutexes;
    private final ConditionBase conditions;
    private final GenericPark park;
    private final PosixCancellation cancellation = new PosixCancellation(this);
    private final PosixKeys keys = new PosixKeys(this);
    private final PosixThreads threads = new PosixThreads(this);
    private final PosixRwlocks rwlocks = new PosixRwlocks(this);
    private final PosixBarriers barriers = new PosixBarriers(this);
    private final PosixSemaphores semaphores = new PosixSemaphores(this);
    private long data;

    /** @param code finds the function at an address of the process's text */
    public Library(LongFunction<UserFunction> code, Generation generation) {
        this.code = code;
        this.generation = generation;
        if (generation == Generation.LIBPTHREAD_2009) {
            Mutexes2009 collecting = new Mutexes2009(this);
            mutexes = collecting;
            conditions = new Conditions2009(this, collecting);
            park = new GenericPark2009(collecting);
        } else {
            Mutexes2020 stacking = new Mutexes2020(this);
            mutexes = stacking;
            conditions = new Conditions2020(this, stacking);
            park = new GenericPark2020(this, stacking);
        }
    }

    /** The library of a forked child: its data is a copy of the parent's. */
    public Library(Library parent) {
        this(parent.code, parent.generation);
        data = parent.data;
    }

    /**
     * Called by the first LWP of a forked child: it goes on as the thread that forked.
     *
     * @param threadPointer that thread's
     */
    public void afterFork(User user, long threadPointer) {
        if (threadPointer != 0) {
            threads.adopt(user, threadPointer);
        }
    }

    /** Where the library's data is; the first call makes it. */
    long data(User user) {
        if (data == 0) {
            long fresh = user.allocate(LibraryData.BYTES);
            int max = (int) Math.min(Descriptor.WAITERS_MAX, user.lwpUnparkAll(0, 0, 0));
            user.store32(fresh + LibraryData.UNPARK_MAX, max);
            if (data == 0) {
                data = fresh;
            }
        }
        return data;
    }

    /** The caller's descriptor; an LWP that this library did not start gets one now. */
    long self(User user) {
        long self = user.privatePointer();
        return self != 0 ? self : threads.adopt(user);
    }

    /** The interlock of an object (pthread__hashlock). */
    long interlock(User user, long object) {
        long hash = object >>> HASH_SHIFT_HIGH ^ object >>> HASH_SHIFT_LOW;
        return data(user) + LibraryData.HASH_LOCKS
                + (hash & LibraryData.HASH_LOCK_COUNT - 1) * Mutexes.BYTES;
    }

    int unparkMax(User user) {
        return user.load32(data(user) + LibraryData.UNPARK_MAX);
    }

    /** The function at an address of the text. */
    UserFunction function(long address) {
        return code.apply(address);
    }

    WaitRecords records() {
        return records;
    }

    ThreadTable table() {
        return table;
    }

    GenericPark park() {
        return park;
    }

    PosixCancellation cancelling() {
        return cancellation;
    }

    PosixKeys specific() {
        return keys;
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @Override
    public Threads threads() {
        return threads;
    }

    @Override
    public Mutexes mutexes() {
        return mutexes;
    }

    @Override
    public Conditions conditions() {
        return conditions;
    }

    @Override
    public Rwlocks rwlocks() {
        return rwlocks;
    }

    @Override
    public Barriers barriers() {
        return barriers;
    }

    @Override
    public Semaphores semaphores() {
        return semaphores;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }
}
