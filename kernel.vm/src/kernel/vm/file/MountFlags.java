// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.util.List;

/** Flags of the mounted root with FreeBSD's values ({@code sys/mount.h}), and their names. */
public final class MountFlags {
    public static final int READ_ONLY = 0x1;
    public static final int SYNCHRONOUS = 0x2;
    public static final int NO_EXEC = 0x4;
    public static final int NO_SUID = 0x8;

    private static final List<String> NAMES = List.of("ro", "sync", "noexec", "nosuid");

    private MountFlags() {}

    /**
     * The flags of names joined with commas; {@code rw} is none.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    public static int parse(String names) {
        int flags = 0;
        for (String name : names.split(",", -1)) {
            int bit = NAMES.indexOf(name);
            if (bit < 0 && !name.equals("rw")) {
                throw new IllegalArgumentException("no mount option is named '" + name + "'; there are: rw, "
                        + String.join(", ", NAMES));
            }
            flags |= bit < 0 ? 0 : 1 << bit;
        }
        return flags;
    }

    /** The names of flags, joined with commas; {@code rw} for none. */
    public static String text(int flags) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < NAMES.size(); bit++) {
            if ((flags & 1 << bit) != 0) {
                text.append(text.isEmpty() ? "" : ",").append(NAMES.get(bit));
            }
        }
        return text.isEmpty() ? "rw" : text.toString();
    }
}
