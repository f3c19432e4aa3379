// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/** What a child gets of a map entry at fork; values as in FreeBSD {@code sys/vm/vm.h}, 2006. */
public final class VmInherit {
    public static final int SHARE = 0;
    public static final int COPY = 1;
    public static final int NONE = 2;
    /** The child finds zeros; later than 2006. */
    public static final int ZERO = 3;

    private VmInherit() {}

    /** The name of a value, in lower case. */
    public static String name(int inherit) {
        return switch (inherit) {
            case SHARE -> "share";
            case COPY -> "copy";
            case NONE -> "none";
            case ZERO -> "zero";
            default -> Integer.toString(inherit);
        };
    }
}
