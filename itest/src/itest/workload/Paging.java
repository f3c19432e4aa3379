// SPDX-License-Identifier: BSD-2-Clause
package itest.workload;

import java.util.Random;
import userland.program.Program;
import userland.program.User;

/** Writes more pages than there is memory for, and checks what they hold. Exit status: 0, or 1 for a wrong value. */
public final class Paging implements Program {
    private static final int PAGE = 4096;
    private static final int PAGES = 900;
    private static final int STEPS = 3_000;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;

    @Override
    public String name() {
        return "itest-paging";
    }

    @Override
    public String description() {
        return "writes more pages than there is memory for";
    }

    @Override
    public int main(User user, String[] args) {
        long start = user.mmap(0, (long) PAGES * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
        long[] model = new long[PAGES];
        Random random = new Random(11);
        for (int step = 0; step < STEPS; step++) {
            int page = random.nextInt(PAGES);
            long address = start + (long) page * PAGE + 8 * (page % 500);
            if (user.load64(address) != model[page]) {
                return 1;
            }
            model[page] = random.nextLong();
            user.store64(address, model[page]);
        }
        return 0;
    }
}
