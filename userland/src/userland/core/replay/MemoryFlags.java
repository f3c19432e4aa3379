// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import userland.core.text.Tally;

/** Translates the symbolic flags of memory calls in a log to the numbers of our memory calls. */
final class MemoryFlags {
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 0x1;
    static final int MAP_PRIVATE = 0x2;
    static final int MAP_FIXED = 0x10;
    static final int MAP_ANON = 0x1000;

    private MemoryFlags() {
    }

    /** {@code PROT_READ|PROT_WRITE} as bits. */
    static int protection(String text, Tally unsupported) {
        int bits = 0;
        for (String name : text.split("\\|")) {
            switch (name) {
                case "PROT_READ" -> bits |= 1;
                case "PROT_WRITE" -> bits |= PROT_WRITE;
                case "PROT_EXEC" -> bits |= 4;
                case "PROT_NONE" -> {
                    // No bit.
                }
                default -> unsupported.add(name);
            }
        }
        return bits;
    }

    /**
     * The flags of a mapping, without MAP_FIXED.
     *
     * <p>MAP_STACK, MAP_NORESERVE, MAP_DENYWRITE and MAP_EXECUTABLE change nothing in the kernel of the log and
     * are left out: MAP_STACK in particular means something else here.
     */
    static int map(String text, Tally unsupported) {
        int bits = 0;
        for (String name : text.split("\\|")) {
            switch (name) {
                case "MAP_SHARED", "MAP_SHARED_VALIDATE" -> bits |= MAP_SHARED;
                case "MAP_PRIVATE" -> bits |= MAP_PRIVATE;
                case "MAP_ANONYMOUS", "MAP_ANON" -> bits |= MAP_ANON;
                case "MAP_FIXED", "MAP_FIXED_NOREPLACE", "MAP_STACK", "MAP_NORESERVE", "MAP_DENYWRITE",
                    "MAP_EXECUTABLE", "MAP_FILE" -> {
                    // Handled elsewhere, or without effect.
                }
                default -> unsupported.add(name);
            }
        }
        return bits;
    }

    /** Our number of an advice, negative for one we do not have. */
    static int advice(String name) {
        return switch (name) {
            case "MADV_NORMAL" -> 0;
            case "MADV_RANDOM" -> 1;
            case "MADV_SEQUENTIAL" -> 2;
            case "MADV_WILLNEED" -> 3;
            case "MADV_DONTNEED" -> 4;
            case "MADV_FREE" -> 5;
            default -> -1;
        };
    }

    /** Flags of {@code msync}; MS_SYNC is 0 here. */
    static int sync(String text) {
        return (text.contains("MS_ASYNC") ? 1 : 0) | (text.contains("MS_INVALIDATE") ? 2 : 0);
    }
}
