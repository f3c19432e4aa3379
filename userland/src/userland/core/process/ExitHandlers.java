// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import userland.program.User;
import userland.program.UserFunction;

/**
 * What exit runs (atexit.c): a list in user memory, newest first, so that a forked child has a copy.
 *
 * <p>Each handler is taken off before it is called, so it is called once whoever else exits meanwhile. Engine thread
 * only.
 */
final class ExitHandlers {
    private static final int NEXT = 0;
    private static final int FUNCTION = 8;
    private static final int ARGUMENT = 16;
    private static final int OWNER = 24;
    private static final int BYTES = 32;

    private final TextSegment text;
    /** Address of the head of the list; 0 as long as there were none. */
    private long head;

    ExitHandlers(TextSegment text) {
        this.text = text;
    }

    /** Those of a forked child, which shares the code. */
    ExitHandlers(ExitHandlers parent) {
        this.text = parent.text;
        this.head = parent.head;
    }

    /** 0, or -1 when there is no memory. */
    int add(User user, UserFunction handler, long argument, long owner) {
        long record = user.allocate(BYTES);
        long list = list(user);
        if (record == 0 || list == 0) {
            return -1;
        }
        user.store64(record + FUNCTION, text.address(handler));
        user.store64(record + ARGUMENT, argument);
        user.store64(record + OWNER, owner);
        long first;
        do {
            first = user.load64(list);
            user.store64(record + NEXT, first);
        } while (!user.cas64(list, first, record));
        return 0;
    }

    private long list(User user) {
        if (head == 0) {
            long fresh = user.allocate(Long.BYTES);
            if (head == 0) {
                head = fresh;
            }
        }
        return head;
    }

    /** Calls the handlers of an owner, of all for 0; those that are added meanwhile, too. */
    void run(User user, long owner) {
        if (head == 0) {
            return;
        }
        for (long record = take(user, owner); record != 0; record = take(user, owner)) {
            text.at(user.load64(record + FUNCTION)).call(user, user.load64(record + ARGUMENT));
        }
    }

    /** Takes the newest handler of an owner off the list; 0 when there is none. */
    private long take(User user, long owner) {
        while (true) {
            long link = head;
            long record = user.load64(link);
            while (record != 0 && owner != 0 && user.load64(record + OWNER) != owner) {
                link = record + NEXT;
                record = user.load64(link);
            }
            if (record == 0 || user.cas64(link, record, user.load64(record + NEXT))) {
                return record;
            }
        }
    }
}
