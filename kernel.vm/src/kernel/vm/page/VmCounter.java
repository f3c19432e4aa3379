// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/** The event counters of the memory layer, in the order that listings show them. */
public enum VmCounter {
    FAULTS("faults that the memory layer handled"),
    SOFT_FAULTS("faults that the pmap handled alone"),
    PAGE_IN_FAULTS("faults that had to read from a file or from swap"),
    COPY_FAULTS("copy-on-write faults that copied a page"),
    STEAL_FAULTS("copy-on-write faults that took the page over"),
    ZERO_FILLS("pages filled with zeros"),
    INVALID_ADDRESSES("faults outside of any map entry"),
    PROTECTION_FAILURES("faults against the protection or beyond the end of a file"),
    PAGER_ERRORS("faults whose page could not be read"),
    MEMORY_SHORTAGES("faults that found no memory"),
    PREFAULTS("neighbour pages mapped ahead"),
    STACK_GROWTHS("stack entries that grew"),
    PAGE_INS("pages read from files and swap"),
    PAGE_OUTS("pages written to files and swap"),
    READ_AHEADS("pages read beside the one that a fault asked for"),
    DROP_BEHINDS("pages given up behind a sequential reader"),
    TRANSIT_WAITS("faults that waited for a page in transit"),
    MEMORY_WAITS("times an LWP waited for memory"),
    DAEMON_WAKEUPS("times the page daemon was woken"),
    DAEMON_SCANS("scans for pages to take back"),
    RECLAIMED("pages taken back when memory ran short"),
    RSS_TRIMS("mappings taken from processes with more in memory than they may have"),
    SWAP_OUTS("idle processes swapped out"),
    CACHE_HITS("pages used again after they were taken back"),
    OUT_OF_MEMORY("processes killed because memory and swap ran out"),
    FORKS("address spaces copied"),
    SHADOWS("shadow objects made"),
    COLLAPSES("backing objects merged into their shadow"),
    BYPASSES("hidden backing objects skipped"),
    HAZARDS("places where the original would hang or corrupt memory");

    private final String description;

    VmCounter(String description) {
        this.description = description;
    }

    /** What is counted. */
    public String description() {
        return description;
    }
}
