// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.page.PagePool;

/** The sysctl variables of the memory layer. */
public final class VmTunables {
    /** The share of memory that the kernel map of the original gets, and the size of its map entries in bytes. */
    private static final int KERNEL_MEMORY_SCALE = 3;
    private static final int ENTRY_BYTES = 112;

    private final PagePool pages;
    private boolean superpages = true;
    private int superpageOrder;
    private long maxProcMmap;
    private long maxWired;
    private int stackGuardPages = 1;
    private boolean physicalSharedMemory;
    private boolean swapsOut = true;
    private int swapIdleSeconds = 2;

    VmTunables(PagePool pages) {
        this.pages = pages;
        long kernelBytes = ((long) pages.frames() << PagePool.PAGE_SHIFT) / KERNEL_MEMORY_SCALE;
        maxProcMmap = Math.max(1, kernelBytes / ENTRY_BYTES / 100);
        maxWired = pages.thresholds().maxWired();
    }

    /** The same by name. */
    public MemoryVariables variables() {
        return new MemoryVariables(this, pages.frames());
    }

    /** Whether anonymous memory gets frames that may become superpages. */
    public boolean superpages() {
        return superpages;
    }

    /** Sets {@code vm.pmap.pg_ps_enabled}; superpages that exist stay. */
    public void superpages(boolean on) {
        superpages = on;
        pages.superpages(on ? superpageOrder : 0);
    }

    /** The size of the machine's superpages; see {@link PagePool#superpages}. */
    void superpageOrder(int order) {
        superpageOrder = order;
        superpages(superpages);
    }

    /** The most map entries that mmap lets a process have, times the number of its sharers; 0 for no limit. */
    public long maxProcMmap() {
        return maxProcMmap;
    }

    /** Sets {@code vm.max_proc_mmap}. */
    public void maxProcMmap(long entries) {
        maxProcMmap = entries;
    }

    /** The most pages that mlock may have wired in the whole system. */
    public long maxWired() {
        return maxWired;
    }

    /** Sets {@code vm.max_wired}. */
    public void maxWired(long pages) {
        maxWired = pages;
    }

    /** Whether memory files get memory that is never paged. */
    public boolean physicalSharedMemory() {
        return physicalSharedMemory;
    }

    /** Sets {@code kern.ipc.shm_use_phys}; memory files that have an object stay as they are. */
    public void physicalSharedMemory(boolean on) {
        physicalSharedMemory = on;
    }

    /** Whether idle processes lose all their pages while memory is short. */
    public boolean swapsOut() {
        return swapsOut;
    }

    /** Sets {@code vm.swap_enabled}. */
    public void swapsOut(boolean on) {
        swapsOut = on;
    }

    /** After how many seconds without running a process is idle. */
    public int swapIdleSeconds() {
        return swapIdleSeconds;
    }

    /** Sets {@code vm.swap_idle_threshold1}. */
    public void swapIdleSeconds(int seconds) {
        swapIdleSeconds = seconds;
    }

    /** How many pages at the end of a reserved stack are never used, where stacks are reserved. */
    public int stackGuardPages() {
        return stackGuardPages;
    }

    /** Sets {@code security.bsd.stack_guard_page}. */
    public void stackGuardPages(int pages) {
        stackGuardPages = pages;
    }
}
