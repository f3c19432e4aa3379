// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One call of a sequence that this kernel and the host's kernel both make, on a window of pages.
 *
 * @param kind {@code anon}, {@code file}, {@code munmap}, {@code mprotect}, {@code msync}, {@code madvise},
 *     {@code store} or {@code load}
 * @param first the first page
 * @param count how many pages
 * @param prot the protection, or the advice
 * @param shared whether a mapping is shared
 * @param file which descriptor of the file: 0 to read and write, 1 only to read
 * @param offset the first page of the file
 * @param value what is stored
 */
record HostOp(String kind, int first, int count, int prot, boolean shared, int file, int offset, long value) {
    static final int WINDOW_PAGES = 24;
    static final int FILE_PAGES = 8;
    private static final int PAGE = 4096;
    private static final int MAX_PAGES = 6;

    /** A sequence of one seed, without the calls in which the two systems are known to differ. */
    static List<HostOp> sequence(long seed, int length) {
        Random random = new Random(seed);
        boolean[] mapped = new boolean[WINDOW_PAGES];
        List<HostOp> ops = new ArrayList<>();
        while (ops.size() < length) {
            HostOp op = random(random);
            if (op.protects() && !op.allMapped(mapped)) {
                // Linux stops at a hole and reports it; FreeBSD skips it.
                continue;
            }
            op.note(mapped);
            ops.add(op);
        }
        return ops;
    }

    private static HostOp random(Random random) {
        int first = random.nextInt(WINDOW_PAGES);
        int count = 1 + random.nextInt(Math.min(MAX_PAGES, WINDOW_PAGES - first));
        int prot = new int[] {0, 1, 3, 3}[random.nextInt(4)];
        boolean shared = random.nextBoolean();
        int offset = random.nextInt(FILE_PAGES - MAX_PAGES + 1);
        long value = random.nextLong() >>> 1;
        String kind = switch (random.nextInt(12)) {
            case 0, 1 -> "anon";
            case 2, 3 -> "file";
            case 4 -> "munmap";
            case 5 -> "mprotect";
            case 6 -> "msync";
            case 7 -> "madvise";
            case 8, 9 -> "load";
            default -> "store";
        };
        return new HostOp(kind, first, count, prot, shared, random.nextInt(2), offset, value);
    }

    private boolean protects() {
        return kind.equals("mprotect") || kind.equals("madvise");
    }

    private boolean allMapped(boolean[] mapped) {
        for (int i = first; i < first + count; i++) {
            if (!mapped[i]) {
                return false;
            }
        }
        return true;
    }

    /** A shared writable mapping of what is only open for reading is refused, and leaves what was there. */
    boolean refused() {
        return kind.equals("file") && shared && file == 1 && (prot & 2) != 0;
    }

    private void note(boolean[] mapped) {
        boolean maps = (kind.equals("anon") || kind.equals("file")) && !refused();
        if (maps || kind.equals("munmap")) {
            java.util.Arrays.fill(mapped, first, first + count, maps);
        }
    }

    long address(long base) {
        return base + (long) first * PAGE;
    }

    long bytes() {
        return (long) count * PAGE;
    }

    /** One line from which {@link #parse} makes the call again. */
    String text() {
        return String.join(" ", kind, "" + first, "" + count, "" + prot, "" + shared, "" + file, "" + offset, "" + value);
    }

    static HostOp parse(String line) {
        String[] words = line.split(" ");
        return new HostOp(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]),
                Boolean.parseBoolean(words[4]), Integer.parseInt(words[5]), Integer.parseInt(words[6]),
                Long.parseLong(words[7]));
    }
}
