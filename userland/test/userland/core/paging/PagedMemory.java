// SPDX-License-Identifier: BSD-2-Clause
package userland.core.paging;

import java.util.Random;
import userland.program.User;

/**
 * A program that changes more memory at random than there is, and knows what must be in it.
 *
 * <p>The model lives outside of simulated memory. Every wrong value ends the program with a status of its own.
 */
final class PagedMemory {
    private static final long PAGE = 0x1000;
    private static final int READ = 1;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;
    private static final int SHARED_ANON = 0x1001;
    private static final int FIXED = 0x10;
    private static final int SHARED_PAGES = 40;
    private static final int WIRED_PAGES = 3;
    private static final int DONT_NEED = 4;

    private final User user;
    private final Random random;
    private final int pages;
    private final long own;
    private final long shared;
    private final long wired;
    private final long[] model;
    private final long[] sharedModel = new long[SHARED_PAGES];

    private PagedMemory(User user, long seed, int pages) {
        this.user = user;
        this.pages = pages;
        random = new Random(seed);
        own = user.mmap(0, pages * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
        shared = user.mmap(0, SHARED_PAGES * PAGE, READ_WRITE, SHARED_ANON, -1, 0);
        wired = user.mmap(0, WIRED_PAGES * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
        model = new long[pages];
    }

    /** Runs; arguments are the seed, the pages and the number of steps. */
    static int main(User user, String[] arguments) {
        PagedMemory memory = new PagedMemory(user, Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
        if (memory.own == -1 || memory.shared == -1 || memory.wired == -1) {
            return 10;
        }
        user.store64(memory.wired, 4711);
        if (user.syscall("mlock", memory.wired, WIRED_PAGES * PAGE) != 0) {
            return 17;
        }
        int status = 0;
        for (int step = Integer.parseInt(arguments[2]); step > 0 && status == 0; step--) {
            status = memory.step();
        }
        return status == 0 ? memory.holds() ? 0 : 11 : status;
    }

    private int step() {
        int page = random.nextInt(pages);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> store(page);
            case 5 -> storeShared(random.nextInt(SHARED_PAGES));
            case 6 -> {
                return user.load64(address(page)) == model[page] && user.load64(wired) == 4711 ? 0 : 12;
            }
            case 7 -> user.syscall("madvise", own + page * PAGE, Math.min(8, pages - page) * PAGE, DONT_NEED);
            case 8 -> {
                user.mprotect(own + page * PAGE, PAGE, READ);
                boolean same = user.load64(address(page)) == model[page];
                user.mprotect(own + page * PAGE, PAGE, READ_WRITE);
                return same ? 0 : 13;
            }
            case 9 -> {
                // Refused when the process has too many map entries.
                if (user.mmap(own + page * PAGE, PAGE, READ_WRITE, PRIVATE_ANON | FIXED, -1, 0) != -1) {
                    model[page] = 0;
                }
            }
            case 10 -> user.sleepUntil(user.monotonicNanos() + random.nextInt(200_000));
            default -> {
                return random.nextInt(12) == 0 ? fork() : 0;
            }
        }
        return 0;
    }

    private long address(int page) {
        return own + page * PAGE + page % 511 * 8L;
    }

    private void store(int page) {
        model[page] = random.nextLong();
        user.store64(address(page), model[page]);
    }

    private void storeShared(int page) {
        sharedModel[page] = random.nextLong();
        user.store64(shared + page * PAGE, sharedModel[page]);
    }

    private boolean holds() {
        boolean all = user.load64(wired) == 4711;
        for (int page = 0; page < pages; page++) {
            all &= user.load64(address(page)) == model[page];
        }
        for (int page = 0; page < SHARED_PAGES; page++) {
            all &= user.load64(shared + page * PAGE) == sharedModel[page];
        }
        return all;
    }

    /** A child that sees some of everything, overwrites its copies and writes a shared page. */
    private int fork() {
        int page = random.nextInt(SHARED_PAGES);
        int step = 1 + random.nextInt(5);
        int child = user.fork((childUser, argument) -> childUser.exit(inChild(childUser, page, step)));
        sharedModel[page] = page + 1;
        long status = user.allocate(8);
        if (child == -1 || user.waitChild(child, status) != child) {
            return 14;
        }
        int ended = user.load32(status);
        return ended == 0 ? 0 : (ended & 0x7f) != 0 ? 18 : ended >> 8 & 0xff;
    }

    private int inChild(User child, int sharedPage, int step) {
        boolean same = true;
        for (int page = 0; page < pages; page += step) {
            same &= child.load64(address(page)) == model[page];
            child.store64(address(page), ~model[page]);
        }
        child.store64(shared + sharedPage * PAGE, sharedPage + 1);
        for (int page = 0; page < pages; page += step) {
            same &= child.load64(address(page)) == ~model[page];
        }
        return same ? 0 : 15;
    }
}
