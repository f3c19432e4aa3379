// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

/** Bits of a 64-bit paging-structure entry: Intel SDM volume 3A, section 4.5. */
public final class PageEntry {
    /** P: present. */
    public static final long PRESENT = 1;

    /** R/W: writes allowed. */
    public static final long WRITE = 1L << 1;

    /** U/S: user mode allowed. */
    public static final long USER = 1L << 2;

    /** PWT: write-through. */
    public static final long WRITE_THROUGH = 1L << 3;

    /** PCD: cache disabled. */
    public static final long CACHE_DISABLE = 1L << 4;

    /** A: set by hardware on use. */
    public static final long ACCESSED = 1L << 5;

    /** D: set by hardware on write; leaves only. */
    public static final long DIRTY = 1L << 6;

    /** PS: this entry maps a large page. */
    public static final long LARGE = 1L << 7;

    /** PAT: with PCD and PWT the index into the page attribute table; leaves only, the same bit as PS. */
    public static final long ATTRIBUTE = 1L << 7;

    /** G: survives a change of address space. */
    public static final long GLOBAL = 1L << 8;

    /** Software: the mapping is wired (bit 9, as FreeBSD's older header and NetBSD have it). */
    public static final long WIRED = 1L << 9;

    /** Software: the page has a mapping list (bit 10). */
    public static final long MANAGED = 1L << 10;

    /** Software: TLBs may still hold the 4 KiB pages of this large page (bit 11). */
    public static final long PROMOTED = 1L << 11;

    /** NX: instruction fetches refused (EFER.NXE is on). */
    public static final long NO_EXECUTE = 1L << 63;

    /** Address of a table or a 4 KiB page. */
    public static final long FRAME = 0x000f_ffff_ffff_f000L;

    /** Address of a 2 MiB page. */
    public static final long FRAME_2M = 0x000f_ffff_ffe0_0000L;

    /** Address of a 1 GiB page. */
    public static final long FRAME_1G = 0x000f_ffff_c000_0000L;

    private PageEntry() {}

    /** Names the bits of an entry, lowest first. */
    public static String text(long entry, boolean leaf) {
        if ((entry & PRESENT) == 0) {
            return entry == 0 ? "not present" : "not present (software bits)";
        }
        StringBuilder text = new StringBuilder("P");
        add(text, entry, WRITE, "RW");
        add(text, entry, USER, "US");
        add(text, entry, WRITE_THROUGH, "PWT");
        add(text, entry, CACHE_DISABLE, "PCD");
        add(text, entry, ACCESSED, "A");
        if (leaf) {
            add(text, entry, DIRTY, "D");
            add(text, entry, GLOBAL, "G");
            add(text, entry, WIRED, "wired");
            add(text, entry, MANAGED, "managed");
            add(text, entry, PROMOTED, "promoted");
        }
        add(text, entry, LARGE, leaf ? "PAT/PS" : "PS");
        add(text, entry, NO_EXECUTE, "NX");
        return text.append(leaf ? " page 0x" : " table 0x").append(Long.toHexString(entry & FRAME)).toString();
    }

    private static void add(StringBuilder text, long entry, long bit, String name) {
        if ((entry & bit) != 0) {
            text.append(' ').append(name);
        }
    }
}
