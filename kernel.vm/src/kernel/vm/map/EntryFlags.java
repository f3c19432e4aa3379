// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/** Bits of {@link VmMapEntry#flags()}; values as in FreeBSD {@code sys/vm/vm_map.h} 1.118. */
public final class EntryFlags {
    public static final int NOSYNC = 0x0001;
    public static final int COW = 0x0004;
    public static final int NEEDS_COPY = 0x0008;
    public static final int USER_WIRED = 0x0020;
    public static final int BEHAV_SEQUENTIAL = 0x0040;
    public static final int BEHAV_RANDOM = 0x0080;
    public static final int BEHAV_MASK = 0x00C0;
    public static final int NOCOREDUMP = 0x0400;
    public static final int GROWS_DOWN = 0x1000;
    /** Nothing can ever be mapped by a fault; later than 1.118. */
    public static final int GUARD = 0x10000;
    /** With {@link #GUARD}: what the stack above may grow into; later than 1.118. */
    public static final int STACK_GAP = 0x20000;

    private EntryFlags() {}

    /** The set bits by name, joined with blanks; empty for none. */
    public static String text(int flags) {
        StringBuilder text = new StringBuilder();
        append(text, flags, COW, "COW");
        append(text, flags, NEEDS_COPY, "NEEDS_COPY");
        append(text, flags, USER_WIRED, "WIRED");
        append(text, flags, NOSYNC, "NOSYNC");
        append(text, flags, BEHAV_SEQUENTIAL, "SEQUENTIAL");
        append(text, flags, BEHAV_RANDOM, "RANDOM");
        append(text, flags, NOCOREDUMP, "NOCORE");
        append(text, flags, GROWS_DOWN, "GROWS_DOWN");
        append(text, flags, GUARD, "GUARD");
        append(text, flags, STACK_GAP, "STACK_GAP");
        return text.toString();
    }

    private static void append(StringBuilder text, int flags, int bit, String name) {
        if ((flags & bit) != 0) {
            text.append(text.isEmpty() ? "" : " ").append(name);
        }
    }
}
