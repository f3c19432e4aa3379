// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CONTROL;
import static userland.core.pthread.Descriptor.DEAD;
import static userland.core.pthread.Descriptor.STATE;
import static userland.core.pthread.Descriptor.TABLE_NEXT;

import userland.program.User;

/** All descriptors of a process, to tell threads from other addresses (pthread__find). Descriptors only ever come in. */
final class ThreadTable {
    private static final int PAGE_SHIFT = 12;

    private final Library library;

    ThreadTable(Library library) {
        this.library = library;
    }

    void add(User user, long thread) {
        long chain = chain(user, thread);
        long head;
        do {
            head = user.load64(chain);
            user.store64(thread + TABLE_NEXT, head);
        } while (!user.cas64(chain, head, thread));
    }

    /** Whether it is a thread that was not joined yet and, if detached, has not ended. */
    boolean alive(User user, long thread) {
        long known = user.load64(chain(user, thread));
        while (known != 0 && known != thread) {
            known = user.load64(known + TABLE_NEXT);
        }
        return known != 0 && user.load32(thread + STATE) != DEAD;
    }

    /** Called in a forked child, where only one thread lives on; the control blocks of the others are not mapped. */
    void forgetOthers(User user, long survivor) {
        for (int i = 0; i < LibraryData.TABLE_SIZE; i++) {
            long thread = user.load64(library.data(user) + LibraryData.THREAD_TABLE + 8L * i);
            for (; thread != 0; thread = user.load64(thread + TABLE_NEXT)) {
                if (thread != survivor) {
                    user.store64(thread + CONTROL, 0);
                    user.store32(thread + STATE, DEAD);
                }
            }
        }
    }

    private long chain(User user, long thread) {
        return library.data(user) + LibraryData.THREAD_TABLE
                + 8 * (thread >>> PAGE_SHIFT & LibraryData.TABLE_SIZE - 1);
    }
}
