// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

/** Bits of an Sv39 page-table entry: the RISC-V privileged architecture, sections "Sv32" and "Sv39". */
final class PageEntry {
    static final long VALID = 1;
    static final long READ = 1L << 1;
    static final long WRITE = 1L << 2;
    static final long EXECUTE = 1L << 3;
    static final long USER = 1L << 4;
    static final long GLOBAL = 1L << 5;
    static final long ACCESSED = 1L << 6;
    static final long DIRTY = 1L << 7;

    /** RSW: the mapping is wired. */
    static final long WIRED = 1L << 8;

    /** RSW: the page has a mapping list. */
    static final long MANAGED = 1L << 9;

    /** An entry with one of these is a leaf. */
    static final long RIGHTS = READ | WRITE | EXECUTE;

    /** Bits that have to be zero without extensions: N, PBMT and the bits above the page number. */
    static final long RESERVED = 0xffc0_0000_0000_0000L;

    private static final long NUMBER = 0x003f_ffff_ffff_fc00L;
    private static final int NUMBER_TO_ADDRESS = 2;

    private PageEntry() {}

    /** The page number field for an address. */
    static long number(long address) {
        return address >>> NUMBER_TO_ADDRESS;
    }

    /** The address that an entry points at. */
    static long address(long entry) {
        return (entry & NUMBER) << NUMBER_TO_ADDRESS;
    }

    static String text(long entry) {
        if ((entry & VALID) == 0) {
            return "invalid";
        }
        StringBuilder text = new StringBuilder((entry & RIGHTS) == 0 ? "table" : "page");
        String[] names = {"R", "W", "X", "U", "G", "A", "D", "wired", "managed"};
        for (int i = 0; i < names.length; i++) {
            if ((entry >>> i + 1 & 1) != 0) {
                text.append(' ').append(names[i]);
            }
        }
        return text.append(" 0x").append(Long.toHexString(address(entry))).toString();
    }
}
