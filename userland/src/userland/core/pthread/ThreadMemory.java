// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CONTROL;
import static userland.core.pthread.Descriptor.DEAD_NEXT;
import static userland.core.pthread.Descriptor.GUARD_BYTES;
import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.OWN_GUARD_BYTES;
import static userland.core.pthread.Descriptor.OWN_STACK;
import static userland.core.pthread.Descriptor.OWN_STACK_BYTES;
import static userland.core.pthread.Descriptor.STACK;
import static userland.core.pthread.Descriptor.STACK_BYTES;

import kernel.sched.errno.Errno;
import userland.program.User;

/**
 * The memory of threads: a mapping with a guard, the stack, and above it room for a context and the descriptor.
 *
 * <p>It is never unmapped. Dead threads wait in a queue, oldest first; one is used again when its LWP is really gone,
 * which its control block or a kill with signal 0 tells.
 */
final class ThreadMemory {
    private static final long PAGE = 4096;
    /** Whatever stack comes with it. */
    private static final long ANY = -1;
    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANON = 0x1002;
    private static final int CURCPU_EXITED = -2;
    /** How many dead threads are looked at. */
    private static final int LOOKS = 8;

    private final Library library;

    ThreadMemory(Library library) {
        this.library = library;
    }

    /** A descriptor with a stack of that size above a guard, with arbitrary contents; or 0. */
    long obtain(User user, long stackBytes, long guardBytes) {
        long stack = stackBytes + PAGE - 1 & -PAGE;
        long guard = guardBytes + PAGE - 1 & -PAGE;
        long thread = reuse(user, stack, guard);
        if (thread == 0) {
            thread = map(user, stack, guard);
        }
        if (thread != 0) {
            use(user, thread, user.load64(thread + OWN_STACK), stack, guard);
        }
        return thread;
    }

    /** A descriptor for a thread that runs on memory of the program, without a guard; or 0. */
    long obtainOn(User user, long stack, long stackBytes) {
        long thread = reuse(user, ANY, ANY);
        if (thread == 0) {
            thread = map(user, 0, 0);
        }
        if (thread != 0) {
            use(user, thread, stack, stackBytes, 0);
        }
        return thread;
    }

    private static void use(User user, long thread, long stack, long stackBytes, long guardBytes) {
        user.store64(thread + STACK, stack);
        user.store64(thread + STACK_BYTES, stackBytes);
        user.store64(thread + GUARD_BYTES, guardBytes);
    }

    /** Guard, stack and a page with room for a context and the descriptor. */
    private long map(User user, long stackBytes, long guardBytes) {
        long bytes = guardBytes + stackBytes + PAGE;
        long guard = user.mmap(0, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANON, -1, 0);
        if (guard == -1) {
            return 0;
        }
        if (guardBytes != 0 && user.mprotect(guard, guardBytes, PROT_NONE) != 0) {
            user.munmap(guard, bytes);
            return 0;
        }
        long thread = guard + bytes - (Descriptor.BYTES + 15 & -16);
        user.store64(thread + OWN_STACK, stackBytes == 0 ? 0 : guard + guardBytes);
        user.store64(thread + OWN_STACK_BYTES, stackBytes);
        user.store64(thread + OWN_GUARD_BYTES, guardBytes);
        library.table().add(user, thread);
        return thread;
    }

    private long reuse(User user, long stackBytes, long guardBytes) {
        long queue = library.data(user);
        if (user.load64(queue + LibraryData.DEAD_OLDEST) == 0) {
            return 0;
        }
        lock(user, queue);
        long before = 0;
        long thread = user.load64(queue + LibraryData.DEAD_OLDEST);
        for (int looks = 0; looks < LOOKS && thread != 0 && !usable(user, thread, stackBytes, guardBytes); looks++) {
            before = thread;
            thread = user.load64(thread + DEAD_NEXT);
        }
        boolean found = thread != 0 && usable(user, thread, stackBytes, guardBytes);
        if (found) {
            remove(user, queue, before, thread);
        }
        unlock(user, queue);
        return found ? thread : 0;
    }

    private static boolean usable(User user, long thread, long stackBytes, long guardBytes) {
        boolean fits = stackBytes == ANY || user.load64(thread + OWN_STACK_BYTES) == stackBytes
                && user.load64(thread + OWN_GUARD_BYTES) == guardBytes;
        return fits && gone(user, thread);
    }

    private static boolean gone(User user, long thread) {
        long control = user.load64(thread + CONTROL);
        return control != 0 && user.load32(control) == CURCPU_EXITED
                || user.lwpKill(user.load32(thread + LID), 0) != 0 && user.errno() == Errno.ESRCH;
    }

    private static void remove(User user, long queue, long before, long thread) {
        long next = user.load64(thread + DEAD_NEXT);
        user.store64(before == 0 ? queue + LibraryData.DEAD_OLDEST : before + DEAD_NEXT, next);
        if (next == 0) {
            user.store64(queue + LibraryData.DEAD_NEWEST, before);
        }
    }

    /** Gives the memory of a dead thread back; its LWP may still be exiting. */
    void release(User user, long thread) {
        long queue = library.data(user);
        lock(user, queue);
        long newest = user.load64(queue + LibraryData.DEAD_NEWEST);
        user.store64(thread + DEAD_NEXT, 0);
        user.store64(newest == 0 ? queue + LibraryData.DEAD_OLDEST : newest + DEAD_NEXT, thread);
        user.store64(queue + LibraryData.DEAD_NEWEST, thread);
        unlock(user, queue);
    }

    private void lock(User user, long queue) {
        library.mutexes().lock(user, queue + LibraryData.DEAD_LOCK);
    }

    private void unlock(User user, long queue) {
        library.mutexes().unlock(user, queue + LibraryData.DEAD_LOCK);
    }
}
