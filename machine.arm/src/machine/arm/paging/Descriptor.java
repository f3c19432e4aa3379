// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

/** Bits of a VMSAv8-64 stage-1 descriptor with 4 KiB granule: ARM DDI 0487, section D5.3. */
public final class Descriptor {
    /** The descriptor means something. */
    public static final long VALID = 1;

    /** Levels 0 to 2: a table; level 3: a page. Clear: a block. */
    public static final long TABLE_OR_PAGE = 1L << 1;

    /** AttrIndx: which byte of MAIR_EL1 applies. Here 0 is normal write-back memory. */
    public static final long ATTRIBUTE_INDEX = 7L << 2;

    /** AttrIndx 1: normal memory that is not cached. */
    public static final long UNCACHED = 1L << 2;

    /** AttrIndx 2: device memory, nGnRnE. */
    public static final long DEVICE = 2L << 2;

    /** AP[1]: EL0 may access. */
    public static final long USER = 1L << 6;

    /** AP[2]: read-only. */
    public static final long READ_ONLY = 1L << 7;

    /** SH = 11: inner shareable. */
    public static final long INNER_SHAREABLE = 3L << 8;

    /** AF: an access with this bit clear faults. */
    public static final long ACCESS_FLAG = 1L << 10;

    /** nG: the translation belongs to one ASID. */
    public static final long NOT_GLOBAL = 1L << 11;

    /** DBM: a write clears AP[2]; without dirty management a software mark of the same (FreeBSD's SW_DBM). */
    public static final long WRITABLE = 1L << 51;

    /** PXN: EL1 may not execute. */
    public static final long PRIVILEGED_NO_EXECUTE = 1L << 53;

    /** UXN: EL0 may not execute. */
    public static final long USER_NO_EXECUTE = 1L << 54;

    /** Software: the mapping is wired. */
    public static final long WIRED = 1L << 55;

    /** Software: the page has a mapping list. */
    public static final long MANAGED = 1L << 56;

    /** UXNTable: EL0 may not execute anything below. */
    public static final long TABLE_USER_NO_EXECUTE = 1L << 60;

    /** APTable[0]: EL0 may not access anything below. */
    public static final long TABLE_NO_USER = 1L << 61;

    /** APTable[1]: nothing below may be written. */
    public static final long TABLE_READ_ONLY = 1L << 62;

    /** Output address, or address of the next table. */
    public static final long ADDRESS = 0x0000_ffff_ffff_f000L;

    private Descriptor() {}

    /** Names the bits of a leaf, lowest first. */
    public static String leafText(long entry) {
        StringBuilder text = new StringBuilder((entry & TABLE_OR_PAGE) != 0 ? "page" : "block");
        add(text, entry & ATTRIBUTE_INDEX, UNCACHED, "uncached");
        add(text, entry & ATTRIBUTE_INDEX, DEVICE, "device");
        add(text, entry, USER, "EL0");
        add(text, entry, READ_ONLY, "RO");
        add(text, entry, INNER_SHAREABLE, "IS");
        add(text, entry, ACCESS_FLAG, "AF");
        add(text, entry, NOT_GLOBAL, "nG");
        add(text, entry, WRITABLE, "DBM");
        add(text, entry, PRIVILEGED_NO_EXECUTE, "PXN");
        add(text, entry, USER_NO_EXECUTE, "UXN");
        add(text, entry, WIRED, "wired");
        add(text, entry, MANAGED, "managed");
        return text.append(" 0x").append(Long.toHexString(entry & ADDRESS)).toString();
    }

    /** Names the bits of a table descriptor. */
    public static String tableText(long entry) {
        StringBuilder text = new StringBuilder("table");
        add(text, entry, TABLE_USER_NO_EXECUTE, "UXNTable");
        add(text, entry, TABLE_NO_USER, "APTable[0]");
        add(text, entry, TABLE_READ_ONLY, "APTable[1]");
        return text.append(" 0x").append(Long.toHexString(entry & ADDRESS)).toString();
    }

    private static void add(StringBuilder text, long entry, long bits, String name) {
        if ((entry & bits) == bits) {
            text.append(' ').append(name);
        }
    }
}
