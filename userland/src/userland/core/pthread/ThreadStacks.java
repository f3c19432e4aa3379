// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.ThreadLayout.ARGUMENT;
import static userland.core.pthread.ThreadLayout.DESCRIPTOR_BYTES;
import static userland.core.pthread.ThreadLayout.DETACHED;
import static userland.core.pthread.ThreadLayout.ENDED;
import static userland.core.pthread.ThreadLayout.FUNCTION;
import static userland.core.pthread.ThreadLayout.JOINABLE;
import static userland.core.pthread.ThreadLayout.LID;
import static userland.core.pthread.ThreadLayout.NEXT_DEAD;
import static userland.core.pthread.ThreadLayout.STACK;
import static userland.core.pthread.ThreadLayout.STATE;

import java.util.function.LongFunction;
import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;

/**
 * Starting and ending threads.
 *
 * <p>A thread's mapping holds its stack and, at the top, its descriptor; the context it starts from lies
 * below that and is dead once the kernel has read it. Memory of a joined thread is unmapped; that of a
 * detached one is used again when its LWP is really gone, which a kill with signal 0 tells.
 */
final class ThreadStacks {
    private static final long STACK_BYTES = 16 * 1024;
    /** Room for a context, also if the machine is swapped for one with larger contexts while it is written. */
    private static final int CONTEXT_ROOM = 1024;
    private static final int CONTEXT_ATTEMPTS = 10;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANON = 0x1002;

    private final LongFunction<UserFunction> code;
    private final UserFunction start = this::start;
    /** Address of the list of ended, detached threads; a fork copies the memory, so it holds in the child too. */
    private long deadList;

    ThreadStacks(LongFunction<UserFunction> code) {
        this.code = code;
    }

    ThreadStacks(ThreadStacks parent) {
        code = parent.code;
        deadList = parent.deadList;
    }

    long create(User user, UserFunction function, long argument) {
        if (deadList == 0) {
            deadList = user.allocate(16);
        }
        long stack = newStack(user);
        if (stack == -1) {
            return 0;
        }
        long thread = stack + STACK_BYTES - DESCRIPTOR_BYTES;
        user.store32(thread + STATE, JOINABLE);
        user.store64(thread + ThreadLayout.RECORD, 0);
        user.store64(thread + ThreadLayout.RECORD + ThreadLayout.RECORD_LID, 0);
        user.store64(thread + FUNCTION, user.functionAddress(function));
        user.store64(thread + ARGUMENT, argument);
        user.store64(thread + STACK, stack);
        if (startLwp(user, thread, stack) != 0) {
            user.munmap(stack, STACK_BYTES);
            return 0;
        }
        return thread;
    }

    /** Starts the LWP; a context is made anew if the machine was swapped before it was used. */
    private int startLwp(User user, long thread, long stack) {
        int error = Errno.EINVAL;
        for (int attempt = 0; error == Errno.EINVAL && attempt < CONTEXT_ATTEMPTS; attempt++) {
            long context = thread - Math.max(user.contextBytes(), CONTEXT_ROOM) & -16L;
            user.makeContext(context, start, thread, stack, context - stack);
            error = user.lwpCreate(context, 0, thread + LID) == 0 ? 0 : user.errno();
        }
        return error;
    }

    private long newStack(User user) {
        long kept = 0;
        long found = -1;
        for (long thread = WaitLists.takeAll(user, deadList); thread != 0;) {
            long next = user.load64(thread + NEXT_DEAD);
            if (found == -1 && gone(user, thread)) {
                found = user.load64(thread + STACK);
            } else {
                user.store64(thread + NEXT_DEAD, kept);
                kept = thread;
            }
            thread = next;
        }
        while (kept != 0) {
            long next = user.load64(kept + NEXT_DEAD);
            pushDead(user, kept);
            kept = next;
        }
        return found != -1 ? found : user.mmap(0, STACK_BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANON, -1, 0);
    }

    private static boolean gone(User user, long thread) {
        return user.lwpKill(user.load32(thread + LID), 0) != 0 && user.errno() == Errno.ESRCH;
    }

    /** First code of every thread. */
    private void start(User user, long thread) {
        user.lwpSetPrivate(thread);
        code.apply(user.load64(thread + FUNCTION)).call(user, user.load64(thread + ARGUMENT));
        if (!user.cas32(thread + STATE, JOINABLE, ENDED)) {
            pushDead(user, thread);
        }
        user.lwpExit();
    }

    int join(User user, long thread) {
        int lid = user.load32(thread + LID);
        while (user.lwpWait(lid, 0) != 0) {
            if (user.errno() != Errno.EINTR) {
                return user.errno();
            }
        }
        user.munmap(user.load64(thread + STACK), STACK_BYTES);
        return 0;
    }

    int detach(User user, long thread) {
        boolean alive = user.cas32(thread + STATE, JOINABLE, DETACHED);
        if (!alive && user.load32(thread + STATE) == DETACHED) {
            return Errno.EINVAL;
        }
        if (user.lwpDetach(user.load32(thread + LID)) != 0) {
            return user.errno();
        }
        if (!alive) {
            pushDead(user, thread);
        }
        return 0;
    }

    private void pushDead(User user, long thread) {
        long head;
        do {
            head = user.load64(deadList);
            user.store64(thread + NEXT_DEAD, head);
        } while (!user.cas64(deadList, head, thread));
    }
}
