// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;

/**
 * Uses a set of pages again and again, in a loop or with favourites, and checks what is in them.
 *
 * <p>With more pages than fit in memory it shows what a pageout policy is worth: a loop is the worst case for every
 * policy that takes the oldest page, favourites are what ageing is for. Exit status: 0, or 1 for a wrong value.
 */
@Component
public final class WorkSet implements Program {
    private static final int PAGE = 4096;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANON = 0x1002;
    private static final long THINK_NANOS = 2_000;
    /** One access in so many is a store. */
    private static final int STORE_EVERY = 4;

    @Override
    public String name() {
        return "workset";
    }

    @Override
    public String description() {
        return "uses pages again and again: workset [PAGES=6000] [ROUNDS=4] [loop|zipf|random]";
    }

    @Override
    public int main(User user, String[] args) {
        int pages = Arguments.positive(args, 0, 6000, "pages");
        int rounds = Arguments.positive(args, 1, 4, "rounds");
        String pattern = args.length < 3 ? "loop" : args[2];
        if (!pattern.equals("loop") && !pattern.equals("zipf") && !pattern.equals("random")) {
            throw new IllegalArgumentException("there is no pattern '" + pattern + "'; there are loop, zipf and random");
        }
        long start = user.mmap(0, (long) pages * PAGE, PROT_READ_WRITE, MAP_PRIVATE_ANON, -1, 0);
        if (start == -1) {
            user.print("no address space for " + pages + " pages");
            return 1;
        }
        return new Use(user, start, pages, pattern).run((long) pages * rounds) ? 0 : 1;
    }

    /** The pages, and what must be in them. */
    private static final class Use {
        private final User user;
        private final long start;
        private final int pages;
        private final String pattern;
        private final int[] stores;
        private long random = 0x9E3779B97F4A7C15L;

        Use(User user, long start, int pages, String pattern) {
            this.user = user;
            this.start = start;
            this.pages = pages;
            this.pattern = pattern;
            stores = new int[pages];
        }

        boolean run(long accesses) {
            for (long i = 0; i < accesses; i++) {
                int page = page(i);
                long address = start + (long) page * PAGE + page % 512 * 8L;
                if (user.load64(address) != stores[page]) {
                    user.print("page " + page + " has a wrong value");
                    return false;
                }
                if (i % STORE_EVERY == 0) {
                    user.store64(address, ++stores[page]);
                }
                user.compute(THINK_NANOS);
            }
            return true;
        }

        private int page(long access) {
            return switch (pattern) {
                case "loop" -> (int) (access % pages);
                case "random" -> (int) (next() * pages);
                default -> favourite();
            };
        }

        /** The n-th favourite is chosen about n times as seldom as the first; favourites lie scattered. */
        private int favourite() {
            long rank = (long) StrictMath.exp(next() * StrictMath.log(pages + 1.0)) - 1;
            return (int) (rank * 2654435761L % pages);
        }

        /** From 0 up to, but not including 1. */
        private double next() {
            random = random * 6364136223846793005L + 1442695040888963407L;
            return (random >>> 11) * 0x1p-53;
        }
    }
}
