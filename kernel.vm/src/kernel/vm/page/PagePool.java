// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import machine.core.engine.KernelPanic;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All page frames of one kernel: who owns them and on which queue they are.
 *
 * <p>Engine thread only; nothing here blocks or interleaves, so each call is atomic in the simulated order (the
 * original's page-queue lock). The pages that programs use are in the custody of a {@link PageKeeper}; the pool itself
 * has the free ones and the cached ones: clean, unmapped pages that keep their contents until somebody needs the
 * frame. Models {@code sys/vm/vm_page.c} of FreeBSD, early 2006.
 */
@ProviderType
public final class PagePool {
    public static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
    public static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;
    public static final int PAGE_MASK = PAGE_SIZE - 1;

    private final VmPage[] pages;
    private final PageIndex index;
    private final PageQueue cache = new PageQueue("cache");
    private final PageThresholds thresholds;
    private final FreeFrames free;
    private final TableFrames tables;
    private final UnmanagedPages unmanaged;
    private final Custody custody = new Custody();
    private FailurePlan failures = FailurePlan.NONE;
    private int wired;

    /** Manages {@code memoryBytes} of physical memory, all frames free. */
    public PagePool(long memoryBytes) {
        int frames = Math.toIntExact(memoryBytes >> PAGE_SHIFT);
        pages = new VmPage[frames];
        index = new PageIndex(frames);
        thresholds = PageThresholds.of(frames);
        for (int frame = 0; frame < frames; frame++) {
            pages[frame] = new VmPage(frame);
        }
        // Frame 0 stays out of use, so that no table and no mapping has the physical address 0.
        pages[0].unmanaged = true;
        free = new FreeFrames(pages);
        tables = new TableFrames(this, free);
        unmanaged = new UnmanagedPages(this);
    }

    /** How many frames there are, frame 0 included. */
    public int frames() {
        return pages.length;
    }

    /** The page of a frame number; of one behind RAM as long as a device object has it. */
    public VmPage page(int frame) {
        return frame < pages.length ? pages[frame] : unmanaged.find(frame);
    }

    /** The free pages, the next to be taken first. */
    public PageQueue free() {
        return free.queue();
    }

    /** Clean pages without mappings, the next to be taken first. */
    public PageQueue cache() {
        return cache;
    }

    /** How many pages are in the custody of the pageout policy. */
    public int pageable() {
        return custody.pages();
    }

    /** Says who keeps the pages that programs use; once, before the first of them. */
    public void keeper(PageKeeper next) {
        custody.keeper(next);
    }

    /** Which operations are to fail; for tests. */
    public FailurePlan failures() {
        return failures;
    }

    /** Makes operations fail. */
    public void failures(FailurePlan plan) {
        failures = plan;
    }

    /** How many pages can be had at once ({@code v_free_count + v_cache_count}). */
    public int available() {
        return free.size() + cache.size();
    }

    /** Whether user processes should wait ({@code vm_page_count_min}). */
    public boolean belowMin() {
        return thresholds.freeMin() > available();
    }

    /** Whether not even a cached page should be revived ({@code vm_page_count_severe}). */
    public boolean belowSevere() {
        return thresholds.freeSevere() > available();
    }

    /** Whether the daemon has work ({@code vm_paging_needed}). */
    public boolean pagingNeeded() {
        return thresholds.freeReserved() + thresholds.cacheMin() > available();
    }

    /** How many pages a scan should make available; negative when there are more than enough ({@code vm_paging_target}). */
    public int pagingTarget() {
        return thresholds.freeTarget() + thresholds.cacheMin() - available();
    }

    /**
     * Says how large superpages are; forgets the reservations of frames made so far.
     *
     * @param order binary logarithm of the base pages in one, or 0 for none
     */
    public void superpages(int order) {
        free.reservations().reset(order);
    }

    /** How many blocks of frames are reserved for superpages. */
    public int reservations() {
        return free.reservations().live();
    }

    /** How many free pages are few: what page-out goes by, in pages. */
    public PageThresholds thresholds() {
        return thresholds;
    }

    /** How many pages are wired, page tables included ({@code v_wire_count}). */
    public int wired() {
        return wired;
    }

    /** How many pages hold page tables. */
    public int tables() {
        return tables.tables();
    }

    /** The pages of objects that have no list of their mappings. */
    public UnmanagedPages unmanaged() {
        return unmanaged;
    }

    /** The resident page of an owner, or null. */
    public VmPage find(PageOwner owner, long pageIndex) {
        return index.find(owner, pageIndex);
    }

    /**
     * Takes a free page for an owner, or the oldest cached one when only the reserve is left.
     *
     * @return the page: busy, on no queue, nothing valid; or null when there is none
     */
    public VmPage allocate(PageOwner owner, long pageIndex) {
        VmPage page = failures.fails(FailurePoint.PAGE) ? null : takeFrame(owner, pageIndex);
        if (page != null) {
            page.reset();
            page.busy(true);
            insert(page, owner, pageIndex);
        }
        if (pagingNeeded()) {
            custody.keeper().low();
        }
        return page;
    }

    private VmPage takeFrame(PageOwner owner, long pageIndex) {
        if (free.size() <= thresholds.freeReserved()) {
            return takeCached();
        }
        return free.take(owner, pageIndex);
    }

    private VmPage takeCached() {
        VmPage page = cache.first();
        if (page != null) {
            cache.remove(page);
            detach(page);
        }
        return page;
    }

    /** A frame is free again. */
    void give(VmPage page) {
        free.give(page);
        custody.keeper().freed();
    }

    /** Frees cached pages until the reserve is full again. */
    public void refillFree() {
        while (free.size() < thresholds.freeReserved() && cache.first() != null) {
            free(cache.first());
        }
    }

    void insert(VmPage page, PageOwner owner, long pageIndex) {
        page.owner = owner;
        page.index = pageIndex;
        index.insert(page);
        owner.pages().add(page);
    }

    void detach(VmPage page) {
        if (page.owner != null) {
            index.remove(page);
            page.owner.pages().remove(page);
            page.owner = null;
        }
    }

    /** Moves a page to another owner; it counts as modified afterwards. Its mappings stay. */
    public void rename(VmPage page, PageOwner owner, long pageIndex) {
        if (cached(page)) {
            // What is modified must not be in the cache, where it could be lost.
            deactivate(page);
        }
        detach(page);
        insert(page, owner, pageIndex);
        page.markDirty();
    }

    /**
     * Gives a page back; it is unmapped and unwired. A held page is freed when the last hold goes, one in transit when
     * it {@linkplain #landed lands}.
     *
     * <p>The caller removed all mappings first: freeing a mapped page would let a process see another's data.
     */
    public void free(VmPage page) {
        if (page.pvCount() != 0) {
            throw new KernelPanic("vm_page_free: " + page + " still has " + page.pvCount() + " mappings");
        }
        if (page.wireCount != 0) {
            throw new KernelPanic("vm_page_free: " + page + " is wired " + page.wireCount + " times");
        }
        detach(page);
        custody.unqueue(page);
        if (page.inTransit()) {
            return;
        }
        page.reset();
        if (page.holdCount == 0) {
            give(page);
        }
    }

    /** A page is no longer in transit; frees it if it lost its owner on the way. Who waits for it is woken by the caller. */
    public void landed(VmPage page) {
        page.busy(false);
        page.reading(false);
        page.writing(false);
        if (page.owner == null && page.wireCount == 0) {
            free(page);
        }
    }

    /** Keeps the contents of a clean page without mappings for as long as nobody needs the frame. */
    public void cache(VmPage page) {
        if (page.pvCount() != 0 || page.dirty() != 0 || page.wireCount != 0) {
            throw new KernelPanic("vm_page_cache: " + page + " is mapped, modified or wired");
        }
        custody.unqueue(page);
        cache.addLast(page);
        custody.keeper().freed();
    }

    /** Whether a page is one of {@link #cache()}. */
    public boolean cached(VmPage page) {
        return page.queue == cache;
    }

    /** Takes a page off an owner that goes away while the page stays wired; it is freed by its last unwiring. */
    public void orphan(VmPage page) {
        detach(page);
    }

    /** Pins a page for a short time: it may lose mappings, but its frame is not given to anybody else. */
    public void hold(VmPage page) {
        page.holdCount++;
    }

    /** Ends a {@link #hold}. */
    public void unhold(VmPage page) {
        if (--page.holdCount == 0 && page.owner == null && page.queue == null && !page.unmanaged) {
            give(page);
        }
    }

    /** Wires a page once more; the first wiring takes it off its queue. */
    public void wire(VmPage page) {
        if (page.wireCount++ == 0) {
            custody.unqueue(page);
            wired++;
        }
    }

    /** Takes one wiring away; the last one queues the page as active, or frees it if it has no owner any more. */
    public void unwire(VmPage page) {
        if (page.wireCount == 0) {
            throw new KernelPanic("vm_page_unwire: " + page + " is not wired");
        }
        if (--page.wireCount == 0) {
            wired--;
            if (page.owner == null) {
                free(page);
            } else {
                activate(page);
            }
        }
    }

    /** Hands a page to the pageout policy as recently used, unless it is wired. */
    public void activate(VmPage page) {
        custody.activate(page);
    }

    /** Hands a page to the pageout policy as a candidate for reclaim, unless it is wired. */
    public void deactivate(VmPage page) {
        custody.deactivate(page, false);
    }

    /** The same for a page that is to be reclaimed first. */
    public void deactivateFirst(VmPage page) {
        custody.deactivate(page, true);
    }

    /**
     * Takes frames for page tables: contiguous, aligned to their count, wired, unmanaged; contents undefined.
     *
     * <p>May use the reserve: a process that got its page must get the table to map it.
     *
     * @param count 1, 2 or 4
     * @return the first frame, or -1
     */
    public int allocateTable(int count) {
        if (failures.fails(FailurePoint.TABLE)) {
            return -1;
        }
        int first = tables.allocate(count);
        if (first >= 0) {
            wired += count;
        }
        if (pagingNeeded()) {
            custody.keeper().low();
        }
        return first;
    }

    /** Gives frames of {@link #allocateTable} back. */
    public void freeTable(int first, int count) {
        tables.free(first, count);
        wired -= count;
    }
}
