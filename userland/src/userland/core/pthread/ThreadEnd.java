// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CANCEL;
import static userland.core.pthread.Descriptor.CANCEL_DISABLED;
import static userland.core.pthread.Descriptor.DEAD;
import static userland.core.pthread.Descriptor.DETACHED;
import static userland.core.pthread.Descriptor.DROP_LOCK;
import static userland.core.pthread.Descriptor.EXIT_VALUE;
import static userland.core.pthread.Descriptor.FLAGS;
import static userland.core.pthread.Descriptor.JOINERS;
import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.LOCAL_DESTRUCTORS;
import static userland.core.pthread.Descriptor.LOCK;
import static userland.core.pthread.Descriptor.STATE;
import static userland.core.pthread.Descriptor.ZOMBIE;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Generation;

/**
 * The end of threads: exit, join, detach.
 *
 * <p>In 2009 every LWP is detached and joiners wait on a condition of the thread; since 2020 they wait for its LWP.
 */
final class ThreadEnd {
    private static final int DESTRUCTOR_NEXT = 0;
    private static final int DESTRUCTOR_FUNCTION = 8;
    private static final int DESTRUCTOR_ARGUMENT = 16;
    private static final int DESTRUCTOR_BYTES = 24;

    private final Library library;
    private final ThreadMemory memory;

    ThreadEnd(Library library, ThreadMemory memory) {
        this.library = library;
        this.memory = memory;
    }

    private boolean waitsForLwp() {
        return library.generation() == Generation.LIBPTHREAD_2020;
    }

    void exit(User user, long value) {
        long self = library.self(user);
        lock(user, self);
        user.store32(self + FLAGS, user.load32(self + FLAGS) | CANCEL_DISABLED);
        user.store32(self + CANCEL, 0);
        unlock(user, self);
        library.cancelling().cleanUp(user, self);
        runDestructors(user, self);
        library.specific().destroy(user, self);
        lock(user, self);
        user.store64(self + EXIT_VALUE, value);
        boolean detached = (user.load32(self + FLAGS) & DETACHED) != 0;
        user.store32(self + STATE, detached ? DEAD : ZOMBIE);
        if (!detached) {
            library.conditions().broadcast(user, self + JOINERS);
        }
        unlock(user, self);
        if (detached) {
            memory.release(user, self);
        }
        user.lwpExit();
    }

    /** __cxa_thread_atexit: destroys a thread-local object when the caller exits. */
    void addDestructor(User user, UserFunction destructor, long argument) {
        long self = library.self(user);
        long record = user.allocate(DESTRUCTOR_BYTES);
        user.store64(record + DESTRUCTOR_NEXT, user.load64(self + LOCAL_DESTRUCTORS));
        user.store64(record + DESTRUCTOR_FUNCTION, user.functionAddress(destructor));
        user.store64(record + DESTRUCTOR_ARGUMENT, argument);
        user.store64(self + LOCAL_DESTRUCTORS, record);
    }

    /** Newest first, those too that are added meanwhile. */
    private void runDestructors(User user, long self) {
        for (long record = user.load64(self + LOCAL_DESTRUCTORS); record != 0;
                record = user.load64(self + LOCAL_DESTRUCTORS)) {
            user.store64(self + LOCAL_DESTRUCTORS, user.load64(record + DESTRUCTOR_NEXT));
            library.function(user.load64(record + DESTRUCTOR_FUNCTION))
                    .call(user, user.load64(record + DESTRUCTOR_ARGUMENT));
        }
    }

    int join(User user, long thread, long value) {
        long self = library.self(user);
        if (!library.table().alive(user, thread)) {
            return Errno.ESRCH;
        }
        if (thread == self) {
            return Errno.EDEADLK;
        }
        int error = waitsForLwp() ? awaitLwp(user, thread) : awaitZombie(user, self, thread);
        if (error != 0) {
            return error;
        }
        if (value != 0) {
            user.store64(value, user.load64(thread + EXIT_VALUE));
        }
        reap(user, thread);
        return 0;
    }

    /** Waits for the LWP; pthread_join never returns EINTR. */
    private int awaitLwp(User user, long thread) {
        if ((user.load32(thread + FLAGS) & DETACHED) != 0) {
            return Errno.EINVAL;
        }
        int lid = user.load32(thread + LID);
        int error;
        do {
            library.cancelling().test(user);
            error = user.lwpWait(lid, 0) == 0 ? 0 : user.errno();
        } while (error == Errno.EINTR);
        if (error == 0) {
            lock(user, thread);
        }
        return error;
    }

    /** Waits until the thread says that it ended; returns with its lock when that is so. */
    private int awaitZombie(User user, long self, long thread) {
        user.store64(self + DROP_LOCK, thread + LOCK);
        lock(user, thread);
        int state = user.load32(thread + STATE);
        while (state != ZOMBIE && state != DEAD && (user.load32(thread + FLAGS) & DETACHED) == 0) {
            library.conditions().await(user, thread + JOINERS, thread + LOCK);
            state = user.load32(thread + STATE);
        }
        user.store64(self + DROP_LOCK, 0);
        if (state == ZOMBIE) {
            return 0;
        }
        unlock(user, thread);
        return state == DEAD ? Errno.ESRCH : Errno.EINVAL;
    }

    /** Frees a zombie, whose lock the caller has (pthread__reap). */
    private void reap(User user, long thread) {
        user.store32(thread + STATE, DEAD);
        unlock(user, thread);
        memory.release(user, thread);
    }

    int detach(User user, long thread) {
        library.self(user);
        if (!library.table().alive(user, thread)) {
            return Errno.ESRCH;
        }
        lock(user, thread);
        int flags = user.load32(thread + FLAGS);
        if ((flags & DETACHED) != 0) {
            unlock(user, thread);
            return Errno.EINVAL;
        }
        user.store32(thread + FLAGS, flags | DETACHED);
        int lid = user.load32(thread + LID);
        if (user.load32(thread + STATE) == ZOMBIE) {
            reap(user, thread);
        } else {
            library.conditions().broadcast(user, thread + JOINERS);
            unlock(user, thread);
        }
        if (waitsForLwp()) {
            user.lwpDetach(lid);
        }
        return 0;
    }

    private void lock(User user, long thread) {
        library.mutexes().lock(user, thread + LOCK);
    }

    private void unlock(User user, long thread) {
        library.mutexes().unlock(user, thread + LOCK);
    }
}
