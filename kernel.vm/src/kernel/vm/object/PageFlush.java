// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

/** Writes that belong together: how many are under way, and whether one failed. */
public final class PageFlush {
    final long channel;
    int waiting;
    boolean failed;

    PageFlush(long channel) {
        this.channel = channel;
    }

    /** Where to wait for one of its writes to be done. */
    public long channel() {
        return channel;
    }

    /** How many of its writes are not done. */
    public int waiting() {
        return waiting;
    }

    /** Whether a page could not be written; it is modified as before. */
    public boolean failed() {
        return failed;
    }
}
