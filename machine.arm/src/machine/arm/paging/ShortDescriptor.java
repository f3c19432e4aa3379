// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

/**
 * Bits of an ARMv7 short descriptor, with the access flag in AP[0] (SCTLR.AFE) and TEX remap (SCTLR.TRE), so that
 * TEX[2:1] are the software's: ARM DDI 0406C, section B3.5. Names without a table are those of a small page.
 */
public final class ShortDescriptor {
    /** L1, bits 1:0: a table of the second level. */
    public static final int TABLE = 1;

    /** L1: a section, or with {@link #SUPERSECTION} a supersection. */
    public static final int SECTION = 1 << 1;

    /** L1: a section of 16 MiB. */
    public static final int SUPERSECTION = 1 << 18;

    /** Section: XN. */
    public static final int SECTION_NO_EXECUTE = 1 << 4;

    /** Section: AP[0], the access flag. */
    public static final int SECTION_ACCESS_FLAG = 1 << 10;

    /** Section: AP[1], PL0 may access. */
    public static final int SECTION_USER = 1 << 11;

    /** Section: AP[2], read-only. */
    public static final int SECTION_READ_ONLY = 1 << 15;

    /** Section: nG. */
    public static final int SECTION_NOT_GLOBAL = 1 << 17;

    /** L2, bits 1:0: a large page of 64 KiB. */
    public static final int LARGE_PAGE = 1;

    /** Large page: XN. */
    public static final int LARGE_NO_EXECUTE = 1 << 15;

    /** L2: a small page of 4 KiB. */
    public static final int SMALL_PAGE = 1 << 1;

    /** XN: may not be executed. */
    public static final int NO_EXECUTE = 1;

    /** C, B and TEX[0] are the index into PRRR and NMRR. Here 0 is write-back memory; 1 is memory that is not cached. */
    public static final int UNCACHED = 1 << 2;

    /** Index 2: a device. */
    public static final int DEVICE = 1 << 3;

    /** AP[0], the access flag: an access with this bit clear faults. */
    public static final int ACCESS_FLAG = 1 << 4;

    /** AP[1]: PL0 may access. */
    public static final int USER = 1 << 5;

    /** TEX[1], software: the mapping does not become writable (FreeBSD's RO). */
    public static final int NEVER_WRITABLE = 1 << 7;

    /** TEX[2], software: the mapping is wired. */
    public static final int WIRED = 1 << 8;

    /** AP[2]: read-only; on a writable mapping this says "not modified" (FreeBSD's NM). */
    public static final int READ_ONLY = 1 << 9;

    /** S: shareable. */
    public static final int SHAREABLE = 1 << 10;

    /** nG: the translation belongs to one ASID. */
    public static final int NOT_GLOBAL = 1 << 11;

    /** Address of a small page. */
    public static final long PAGE_ADDRESS = 0xffff_f000L;

    /** Address of a table of the second level. */
    public static final long TABLE_ADDRESS = 0xffff_fc00L;

    /** Address of a section. */
    public static final long SECTION_ADDRESS = 0xfff0_0000L;

    private static final long PAGE_ATTRIBUTES = 0xff0;
    private static final int ATTRIBUTES_SHIFT = 6;
    private static final long CACHE_TYPE = 0xc;
    private static final int DOMAIN_SHIFT = 5;
    private static final int DOMAIN_MASK = 15;

    private ShortDescriptor() {}

    /** The domain in an L1 descriptor, placed as there. */
    public static int inDomain(int domain) {
        return domain << DOMAIN_SHIFT;
    }

    /** The domain of an L1 descriptor. */
    public static int domain(long entry) {
        return (int) (entry >>> DOMAIN_SHIFT) & DOMAIN_MASK;
    }

    /** The section, without domain, with the attributes of a small page; what is in bits 11:4 there is in 17:10. */
    public static long sectionOf(long page) {
        return page & SECTION_ADDRESS | (page & PAGE_ATTRIBUTES) << ATTRIBUTES_SHIFT | page & CACHE_TYPE | SECTION
                | ((page & NO_EXECUTE) != 0 ? SECTION_NO_EXECUTE : 0);
    }

    /** The small page at the start of a section, with its attributes. */
    public static long pageOf(long section) {
        return section & SECTION_ADDRESS | section >>> ATTRIBUTES_SHIFT & PAGE_ATTRIBUTES | section & CACHE_TYPE | SMALL_PAGE
                | ((section & SECTION_NO_EXECUTE) != 0 ? NO_EXECUTE : 0);
    }

    /** Names the bits of a small page, lowest first. */
    public static String pageText(long entry) {
        return "small page" + bitsText(entry);
    }

    /** The same without the kind of the descriptor. */
    public static String bitsText(long entry) {
        StringBuilder text = new StringBuilder();
        add(text, entry, NO_EXECUTE, "XN");
        add(text, entry, UNCACHED, "uncached");
        add(text, entry, DEVICE, "device");
        add(text, entry, ACCESS_FLAG, "AF");
        add(text, entry, USER, "PL0");
        add(text, entry, NEVER_WRITABLE, "RO");
        add(text, entry, WIRED, "wired");
        add(text, entry, READ_ONLY, "AP[2]");
        add(text, entry, SHAREABLE, "S");
        add(text, entry, NOT_GLOBAL, "nG");
        return text.append(" 0x").append(Long.toHexString(entry & PAGE_ADDRESS)).toString();
    }

    private static void add(StringBuilder text, long entry, long bit, String name) {
        if ((entry & bit) != 0) {
            text.append(' ').append(name);
        }
    }
}
