// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/**
 * When memory counts as short, in pages.
 *
 * <p>Models {@code vm_pageout()} of FreeBSD {@code sys/vm/vm_pageout.c}, early 2006, with one page colour.
 * DEVIATION: on a memory below 4096 pages the numbers are scaled down, because the originals would leave little for
 * programs.
 *
 * @param interruptFreeMin what only interrupt-level allocations may use
 * @param freeReserved below this, user allocations fail until pages were reclaimed
 * @param freeMin where user processes should start to wait
 * @param freeSevere where even cached pages should not be revived
 * @param freeTarget where a reclaim may stop
 * @param cacheMin how many clean, unmapped pages to keep beside the free ones
 * @param inactiveTarget how many pages should be candidates for reclaim
 * @param clusterPages the most pages that one write takes
 * @param maxWired the most pages that mlock may have wired in the whole system
 */
public record PageThresholds(
        int interruptFreeMin, int freeReserved, int freeMin, int freeSevere, int freeTarget, int cacheMin,
        int inactiveTarget, int clusterPages, int maxWired) {
    private static final int PLENTY_PAGES = 2048;
    private static final int CLUSTER_BYTES = 64 * 1024;
    private static final int SMALL_MEMORY_PAGES = 4096;

    /** The thresholds of a memory with this many frames. */
    public static PageThresholds of(int frames) {
        int pageCount = frames < 2000 ? 8 : 16;
        int interruptMin = 2;
        int pageoutFreeMin = 2 * CLUSTER_BYTES / PagePool.PAGE_SIZE + interruptMin;
        int min = 4 + Math.max(0, (frames - 1024) / 200);
        int reserved = pageCount + pageoutFreeMin + frames / 768 + 1;
        if (frames < SMALL_MEMORY_PAGES) {
            reserved = Math.max(interruptMin, frames / 64);
            min = Math.max(1, frames / 128);
        }
        int severe = min / 2 + reserved;
        int freeMin = min + reserved;
        int target = (frames > 6144 ? 4 : 2) * freeMin + reserved;
        boolean plenty = frames > PLENTY_PAGES;
        int inactive = Math.min(plenty ? 3 * target / 2 : frames / 4, frames / 3);
        return new PageThresholds(interruptMin, reserved, freeMin, severe, target, plenty ? target : 0, inactive,
                pageCount, frames / 3);
    }
}
