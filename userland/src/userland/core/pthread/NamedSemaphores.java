// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Semaphores;

/** The named semaphores of a process: a list in user memory, protected by a mutex. */
final class NamedSemaphores {
    private static final int NEXT = Semaphores.BYTES;
    private static final int OPEN_COUNT = NEXT + 8;
    private static final int NAME = OPEN_COUNT + 8;
    private static final int ENTRY_BYTES = NAME + Semaphores.NAME_MAX + 2;

    private final Library library;

    NamedSemaphores(Library library) {
        this.library = library;
    }

    long open(User user, String name, int flags, int value) {
        if (name.length() < 2 || name.charAt(0) != '/' || name.indexOf('/', 1) >= 0 || value < 0) {
            return -Errno.EINVAL;
        }
        if (name.length() > Semaphores.NAME_MAX) {
            return -Errno.ENAMETOOLONG;
        }
        lock(user);
        long result = openLocked(user, name, flags, value);
        unlock(user);
        return result;
    }

    private long openLocked(User user, String name, int flags, int value) {
        long entry = find(user, name);
        boolean create = (flags & Semaphores.CREATE) != 0;
        if (entry == 0) {
            return create ? make(user, name, value) : -Errno.ENOENT;
        }
        if (create && (flags & Semaphores.EXCLUSIVE) != 0) {
            return -Errno.EEXIST;
        }
        user.store32(entry + OPEN_COUNT, user.load32(entry + OPEN_COUNT) + 1);
        return entry;
    }

    private long make(User user, String name, int value) {
        long entry = user.allocate(ENTRY_BYTES);
        if (entry == 0) {
            return -Errno.ENOMEM;
        }
        user.store32(entry + PosixSemaphores.COUNT, value);
        user.store32(entry + PosixSemaphores.MAGIC, PosixSemaphores.MAGIC_NAMED);
        user.store32(entry + OPEN_COUNT, 1);
        Names.store(user, entry + NAME, name);
        user.store64(entry + NEXT, user.load64(first(user)));
        user.store64(first(user), entry);
        return entry;
    }

    int close(User user, long semaphore) {
        if (user.load32(semaphore + PosixSemaphores.MAGIC) != PosixSemaphores.MAGIC_NAMED) {
            return Errno.EINVAL;
        }
        lock(user);
        int left = user.load32(semaphore + OPEN_COUNT) - 1;
        user.store32(semaphore + OPEN_COUNT, left);
        boolean unlinked = user.load8(semaphore + NAME) == 0;
        if (left == 0 && unlinked) {
            user.store32(semaphore + PosixSemaphores.MAGIC, 0);
        }
        unlock(user);
        return left < 0 ? Errno.EINVAL : 0;
    }

    int unlink(User user, String name) {
        lock(user);
        long link = first(user);
        long entry = user.load64(link);
        while (entry != 0 && !Names.equal(user, entry + NAME, name)) {
            link = entry + NEXT;
            entry = user.load64(link);
        }
        if (entry != 0) {
            user.store64(link, user.load64(entry + NEXT));
            user.store8(entry + NAME, 0);
            if (user.load32(entry + OPEN_COUNT) == 0) {
                user.store32(entry + PosixSemaphores.MAGIC, 0);
            }
        }
        unlock(user);
        return entry == 0 ? Errno.ENOENT : 0;
    }

    private long find(User user, String name) {
        long entry = user.load64(first(user));
        while (entry != 0 && !Names.equal(user, entry + NAME, name)) {
            entry = user.load64(entry + NEXT);
        }
        return entry;
    }

    private long first(User user) {
        return library.data(user) + LibraryData.NAMED_FIRST;
    }

    private void lock(User user) {
        library.mutexes().lock(user, library.data(user) + LibraryData.NAMED_LOCK);
    }

    private void unlock(User user) {
        library.mutexes().unlock(user, library.data(user) + LibraryData.NAMED_LOCK);
    }
}
