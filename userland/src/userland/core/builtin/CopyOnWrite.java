// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;

/**
 * Maps memory, forks, and shows that private pages are copied when written and shared ones are not.
 *
 * <p>Exit status: 0, or the number of the check that failed.
 */
@Component
public final class CopyOnWrite implements Program {
    private static final int PAGE = 4096;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_ANON = 0x1001;
    private static final int MAP_PRIVATE_ANON = 0x1002;

    @Override
    public String name() {
        return "cow";
    }

    @Override
    public String description() {
        return "fork, copy-on-write and shared memory: cow [PAGES=16]";
    }

    @Override
    public int main(User user, String[] args) {
        int pages = Arguments.positive(args, 0, 16, "pages");
        long own = user.mmap(0, (long) pages * PAGE, PROT_READ_WRITE, MAP_PRIVATE_ANON, -1, 0);
        long shared = user.mmap(0, (long) pages * PAGE, PROT_READ_WRITE, MAP_SHARED_ANON, -1, 0);
        if (own == -1 || shared == -1) {
            return 1;
        }
        fill(user, own, pages, 1);
        fill(user, shared, pages, 1);
        int child = user.fork((childUser, argument) -> {
            fill(childUser, own, pages, 2);
            fill(childUser, shared, pages, 2);
            childUser.exit(holds(childUser, own, pages, 2) ? 0 : 1);
        });
        if (child == -1 || user.waitChild(child, 0) != child) {
            return 2;
        }
        if (!holds(user, own, pages, 1)) {
            return 3;
        }
        return holds(user, shared, pages, 2) ? 0 : 4;
    }

    private static void fill(User user, long start, int pages, int value) {
        for (int i = 0; i < pages; i++) {
            user.store32(start + (long) i * PAGE, value);
        }
    }

    private static boolean holds(User user, long start, int pages, int value) {
        boolean all = true;
        for (int i = 0; i < pages; i++) {
            all &= user.load32(start + (long) i * PAGE) == value;
        }
        return all;
    }
}
