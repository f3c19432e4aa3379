// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CANCEL;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Semaphores;

/**
 * Semaphores (sem.c): a count and a list of waiting records, both without locks, so that a handler may post.
 *
 * <p>Posting wakes all waiters, which compete again. DEVIATION: the originals keep at least semaphores between processes
 * in the kernel (ksem); there are no such calls here, so a semaphore belongs to one process.
 */
final class PosixSemaphores implements Semaphores {
    private static final int LIST = 0;
    static final int COUNT = 8;
    static final int MAGIC = 12;
    static final int MAGIC_UNNAMED = 0x0907_1998;
    static final int MAGIC_NAMED = 0x0907_1999;

    private final Library library;
    private final NamedSemaphores named;

    PosixSemaphores(Library library) {
        this.library = library;
        this.named = new NamedSemaphores(library);
    }

    @Override
    public int init(User user, long semaphore, int value) {
        if (value < 0) {
            return Errno.EINVAL;
        }
        user.store64(semaphore + LIST, 0);
        user.store32(semaphore + COUNT, value);
        user.store32(semaphore + MAGIC, MAGIC_UNNAMED);
        return 0;
    }

    @Override
    public int destroy(User user, long semaphore) {
        if (user.load32(semaphore + MAGIC) != MAGIC_UNNAMED) {
            return Errno.EINVAL;
        }
        if (user.load64(semaphore + LIST) != 0) {
            return Errno.EBUSY;
        }
        user.store32(semaphore + MAGIC, 0);
        return 0;
    }

    private static boolean valid(User user, long semaphore) {
        int magic = user.load32(semaphore + MAGIC);
        return magic == MAGIC_UNNAMED || magic == MAGIC_NAMED;
    }

    @Override
    public int tryWait(User user, long semaphore) {
        if (!valid(user, semaphore)) {
            return Errno.EINVAL;
        }
        return take(user, semaphore) ? 0 : Errno.EAGAIN;
    }

    private static boolean take(User user, long semaphore) {
        int count = user.load32(semaphore + COUNT);
        while (count > 0) {
            if (user.cas32(semaphore + COUNT, count, count - 1)) {
                return true;
            }
            count = user.load32(semaphore + COUNT);
        }
        return false;
    }

    @Override
    public int awaitUntil(User user, long semaphore, long untilNanos) {
        if (untilNanos < 0 || !valid(user, semaphore)) {
            return Errno.EINVAL;
        }
        long self = library.self(user);
        library.cancelling().test(user);
        while (!take(user, semaphore)) {
            int error = sleep(user, self, semaphore, untilNanos);
            library.cancelling().test(user);
            if (error != 0) {
                return error;
            }
        }
        return 0;
    }

    /** Waits for a post. Who gives up cannot leave the middle of the list: everybody is woken and comes back. */
    private int sleep(User user, long self, long semaphore, long untilNanos) {
        long record = WaitRecords.enter(user, self);
        WaitRecords.push(user, semaphore + LIST, record);
        if (user.load32(semaphore + COUNT) > 0) {
            wakeAll(user, self, semaphore);
        }
        int error = 0;
        while (error == 0 && WaitRecords.waiting(user, record) && user.load32(self + CANCEL) == 0) {
            error = user.park(Conditions.CLOCK_REALTIME, untilNanos, 0, 0, 0);
            if (error == Errno.EALREADY) {
                error = 0;
            }
        }
        if (WaitRecords.waiting(user, record)) {
            wakeAll(user, self, semaphore);
            WaitRecords.sleep(user, record);
        } else {
            error = 0;
        }
        Frames.pop(user, self);
        return error;
    }

    private void wakeAll(User user, long self, long semaphore) {
        library.records().wake(user, self, WaitRecords.takeAll(user, semaphore + LIST));
    }

    @Override
    public int post(User user, long semaphore) {
        if (!valid(user, semaphore)) {
            return Errno.EINVAL;
        }
        int count;
        do {
            count = user.load32(semaphore + COUNT);
            if (count == VALUE_MAX) {
                return Errno.EOVERFLOW;
            }
        } while (!user.cas32(semaphore + COUNT, count, count + 1));
        if (user.load64(semaphore + LIST) != 0) {
            wakeAll(user, library.self(user), semaphore);
        }
        return 0;
    }

    @Override
    public int getValue(User user, long semaphore) {
        return valid(user, semaphore) ? user.load32(semaphore + COUNT) : -Errno.EINVAL;
    }

    @Override
    public long open(User user, String name, int flags, int value) {
        return named.open(user, name, flags, value);
    }

    @Override
    public int close(User user, long semaphore) {
        return named.close(user, semaphore);
    }

    @Override
    public int unlink(User user, String name) {
        return named.unlink(user, name);
    }
}
