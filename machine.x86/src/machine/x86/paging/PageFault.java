// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

/** The error code that the processor pushes for a page fault: Intel SDM volume 3A, section 4.7. */
public final class PageFault {
    /** Set: a right was missing or a reserved bit was set; clear: an entry was not present. */
    public static final int PRESENT = 1;

    /** The access was a write. */
    public static final int WRITE = 1 << 1;

    /** The access was made in user mode. */
    public static final int USER = 1 << 2;

    /** A reserved bit was set in an entry. */
    public static final int RESERVED = 1 << 3;

    /** The access was an instruction fetch. */
    public static final int FETCH = 1 << 4;

    private PageFault() {}

    /**
     * The code of a fault.
     *
     * @param cause 0 for an entry that is not present, {@link #PRESENT}, or {@code PRESENT | RESERVED}
     */
    public static int code(int cause, boolean write, boolean fetch, boolean user) {
        return cause | (write ? WRITE : 0) | (user ? USER : 0) | (fetch ? FETCH : 0);
    }
}
