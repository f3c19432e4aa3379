// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import java.util.Random;
import userland.program.User;

/**
 * A program that changes its memory at random and knows what must be in it.
 *
 * <p>The model lives outside of simulated memory. Every wrong value ends the program with a status of its own.
 */
final class RandomMemory {
    private static final int PRIVATE_PAGES = 12;
    private static final int SHARED_PAGES = 3;
    private static final int WORDS = 4;
    private static final long PAGE = 0x1000;
    private static final int READ = 1;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;
    private static final int SHARED_ANON = 0x1001;
    private static final int FIXED = 0x10;

    private final User user;
    private final Random random;
    private final long own;
    private final long shared;
    private final long[] model = new long[PRIVATE_PAGES * WORDS];
    private long sharedSum;

    private RandomMemory(User user, long seed) {
        this.user = user;
        random = new Random(seed);
        own = user.mmap(0, PRIVATE_PAGES * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
        shared = user.mmap(0, SHARED_PAGES * PAGE, READ_WRITE, SHARED_ANON, -1, 0);
    }

    /** Runs; arguments are the seed and the number of steps. */
    static int main(User user, String[] arguments) {
        RandomMemory memory = new RandomMemory(user, Long.parseLong(arguments[0]));
        if (memory.own == -1 || memory.shared == -1) {
            return 10;
        }
        int status = 0;
        for (int step = Integer.parseInt(arguments[1]); step > 0 && status == 0; step--) {
            status = memory.step();
        }
        return status == 0 ? memory.holds() ? 0 : 11 : status;
    }

    private int step() {
        int page = random.nextInt(PRIVATE_PAGES);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> store(page * WORDS + random.nextInt(WORDS), random.nextLong());
            case 4, 5 -> {
                return holds() ? 0 : 12;
            }
            case 6 -> user.syscall("mlock", own + page * PAGE, PAGE);
            case 7 -> user.syscall("munlock", own + page * PAGE, PAGE);
            case 8 -> {
                user.mprotect(own + page * PAGE, PAGE, READ);
                boolean same = user.load64(address(page * WORDS)) == model[page * WORDS];
                user.mprotect(own + page * PAGE, PAGE, READ_WRITE);
                return same ? 0 : 13;
            }
            case 9 -> replace(page);
            case 10 -> user.sleepUntil(user.monotonicNanos() + random.nextInt(20_000));
            default -> {
                return fork();
            }
        }
        return 0;
    }

    private long address(int word) {
        return own + word / WORDS * PAGE + word % WORDS * 512L;
    }

    private void store(int word, long value) {
        user.store64(address(word), value);
        model[word] = value;
    }

    private boolean holds() {
        boolean all = true;
        for (int word = 0; word < model.length; word++) {
            all &= user.load64(address(word)) == model[word];
        }
        return all && sum() == sharedSum;
    }

    private long sum() {
        long sum = 0;
        for (int page = 0; page < SHARED_PAGES; page++) {
            sum += user.load64(shared + page * PAGE);
        }
        return sum;
    }

    /** New zeroed memory in place of a page. */
    private void replace(int page) {
        user.mmap(own + page * PAGE, PAGE, READ_WRITE, PRIVATE_ANON | FIXED, -1, 0);
        for (int word = page * WORDS; word < (page + 1) * WORDS; word++) {
            model[word] = 0;
        }
    }

    /** A child that sees everything, overwrites its copies and adds to what is shared. */
    private int fork() {
        int page = random.nextInt(SHARED_PAGES);
        int child = user.fork((childUser, argument) -> childUser.exit(inChild(childUser, page)));
        sharedSum++;
        long status = user.allocate(8);
        if (child == -1 || user.waitChild(child, status) != child) {
            return 14;
        }
        return user.load32(status) != 0 ? 15 : holds() ? 0 : 16;
    }

    private int inChild(User child, int page) {
        boolean same = true;
        for (int word = 0; word < model.length; word++) {
            same &= child.load64(address(word)) == model[word];
            child.store64(address(word), ~model[word]);
        }
        child.fetchAdd64(shared + page * PAGE, 1);
        for (int word = 0; word < model.length; word++) {
            same &= child.load64(address(word)) == ~model[word];
        }
        return same ? 0 : 1;
    }
}
