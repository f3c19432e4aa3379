// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

/**
 * Protection bits of a mapping, and the kind of an access. Values as in FreeBSD {@code sys/vm/vm.h}; the same
 * numbers as {@code PROT_*} of the system calls and as the access kinds of the MMU.
 */
public final class VmProt {
    public static final int NONE = 0;
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int EXEC = 4;
    public static final int ALL = READ | WRITE | EXEC;

    private VmProt() {}

    /** The protection as three letters, such as {@code rw-}. */
    public static String text(int prot) {
        return ((prot & READ) != 0 ? "r" : "-") + ((prot & WRITE) != 0 ? "w" : "-") + ((prot & EXEC) != 0 ? "x" : "-");
    }
}
