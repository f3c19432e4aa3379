// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

/** Fault status of a short-descriptor walk, as DFSR and IFSR hold it: ARM DDI 0406C, section B3.13. */
public final class ShortFaultStatus {
    /** Access flag fault, section; add {@link #PAGE} for a page. */
    public static final int ACCESS_FLAG = 0x03;

    /** Translation fault of the first level; add {@link #SECOND_LEVEL} for the second. */
    public static final int TRANSLATION = 0x05;

    /** Domain fault, section; add {@link #SECOND_LEVEL} for a page. */
    public static final int DOMAIN = 0x09;

    /** Permission fault, section; add {@link #SECOND_LEVEL} for a page. */
    public static final int PERMISSION = 0x0d;

    /** What a page adds to {@link #ACCESS_FLAG}. */
    public static final int PAGE = 3;

    /** What the second level adds to the other codes. */
    public static final int SECOND_LEVEL = 2;

    /** WnR of DFSR: the access was a write. */
    public static final int WRITE = 1 << 11;

    private static final int DOMAIN_SHIFT = 4;

    private ShortFaultStatus() {}

    /** A status register: DFSR with domain and WnR, or IFSR for a fetch. */
    public static int of(int status, int domain, boolean write, boolean fetch) {
        return fetch ? status : status | domain << DOMAIN_SHIFT | (write ? WRITE : 0);
    }
}
