// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import userland.program.User;

/** A program whose memory is large enough for superpages, and which treats parts of them in every way there is. */
final class LargeMemory {
    static final long AREA = 0x4000_0000L;
    static final int PAGES = 2048;

    private static final int PAGE = 4096;
    private static final int READ = 1;
    private static final int READ_WRITE = 3;
    private static final int FIXED_PRIVATE_ANON = 0x1012;

    private LargeMemory() {}

    /** Exit status: 0, or the number of the check that failed. */
    static int main(User user, String[] arguments) {
        if (user.mmap(AREA, (long) PAGES * PAGE, READ_WRITE, FIXED_PRIVATE_ANON, -1, 0) != AREA) {
            return 1;
        }
        fill(user, 0, PAGES, 1);
        if (user.mprotect(AREA + 700 * PAGE, PAGE, READ) != 0 || !holds(user, 0, PAGES, 1)) {
            return 2;
        }
        if (user.mprotect(AREA + 700 * PAGE, PAGE, READ_WRITE) != 0) {
            return 3;
        }
        fill(user, 700, 1, 1);
        if (user.syscall("mlock", AREA, (long) PAGES * PAGE) != 0
                || user.syscall("munlock", AREA, (long) PAGES / 2 * PAGE) != 0) {
            return 4;
        }
        fill(user, 0, PAGES, 2);
        if (user.syscall("munlock", AREA, (long) PAGES * PAGE) != 0) {
            return 5;
        }
        int child = user.fork((childUser, argument) -> childUser.exit(child(childUser)));
        if (child == -1) {
            return 6;
        }
        fill(user, 100, 50, 3);
        if (user.waitChild(child, 0) != child || !holds(user, 0, 100, 2) || !holds(user, 100, 50, 3)
                || !holds(user, 150, PAGES - 150, 2)) {
            return 7;
        }
        if (user.munmap(AREA + 1024 * PAGE, PAGE) != 0 || !holds(user, 1025, PAGES - 1025, 2)) {
            return 8;
        }
        // The system of 2006 refuses to unmap a range with a hole.
        boolean unmapped = user.munmap(AREA, 1024L * PAGE) == 0
                && user.munmap(AREA + 1025L * PAGE, (PAGES - 1025L) * PAGE) == 0;
        return unmapped ? 0 : 9;
    }

    private static int child(User user) {
        if (!holds(user, 0, 100, 2) || !holds(user, 200, PAGES - 200, 2)) {
            return 20;
        }
        fill(user, 512, 512, 4);
        return holds(user, 512, 512, 4) && holds(user, 1024, PAGES - 1024, 2) ? 0 : 21;
    }

    private static void fill(User user, int first, int count, int round) {
        for (int i = first; i < first + count; i++) {
            user.store32(AREA + (long) i * PAGE, round << 16 | i);
        }
    }

    private static boolean holds(User user, int first, int count, int round) {
        boolean all = true;
        for (int i = first; i < first + count; i++) {
            all &= user.load32(AREA + (long) i * PAGE) == (round << 16 | i);
        }
        return all;
    }
}
