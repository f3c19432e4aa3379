// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

/**
 * The heap that {@code brk} moves the end of.
 *
 * <p>The memory layer has no {@code brk}: the largest heap of the log is reserved as one area, and its
 * pages are mapped over as the break moves.
 */
final class BreakPlan {
    private final long highest;
    private long start;
    private long current;

    /** @param highest largest break that the process of the log ever had */
    BreakPlan(long highest) {
        this.highest = highest;
    }

    /** A copy for a forked process. */
    BreakPlan(BreakPlan parent, long highest) {
        this(Math.max(highest, parent.highest));
        start = parent.start;
        current = parent.current;
    }

    /** Pages that become usable, or unusable. */
    record Change(long start, long bytes, boolean grows) {
    }

    /** The break is there now; null when no page changes. */
    Change moveTo(long address) {
        if (start == 0) {
            start = LogSpace.pages(address);
            current = start;
            return null;
        }
        long page = Math.max(start, LogSpace.pages(address));
        long before = current;
        current = page;
        if (page == before) {
            return null;
        }
        return page > before ? new Change(before, page - before, true) : new Change(page, before - page, false);
    }

    long start() {
        return start;
    }

    long bytes() {
        return LogSpace.pages(highest) - start;
    }

    /** A new program has a new heap. */
    void forget() {
        start = 0;
        current = 0;
    }
}
