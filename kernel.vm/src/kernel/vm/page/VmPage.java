// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One page frame of physical memory.
 *
 * <p>There is exactly one {@code VmPage} per frame of RAM for the life of a kernel; it is found by frame number through
 * {@link PagePool#page(int)}. A page is free, or belongs to an owner at a page index, or holds a page table. Beside them
 * there are {@linkplain #fictitious() fictitious} ones for memory of devices. Fields change only on the engine thread; the owner's lock covers owner, index, valid, dirty
 * and busy, and nothing may interleave while a queue is changed.
 *
 * <p>Truth about "modified": {@link #dirty()} OR'ed with the modified bits of every mapping in every pmap. A pmap
 * that drops or downgrades a mapping folds its bits in first, with {@link #markDirty()} and
 * {@link #markReferenced()}.
 *
 * <p>Models {@code struct vm_page} of FreeBSD {@code sys/vm/vm_page.h}, early 2006.
 */
@ProviderType
public final class VmPage {
    /** Every 512-byte block of a 4 KiB page: the full {@link #valid()} or {@link #dirty()} mask. */
    public static final int ALL = 0xff;

    private final int frame;
    private final MemoryAttribute attribute;
    private final boolean fictitious;

    PageOwner owner;
    long index;
    VmPage hashNext;
    VmPage ownerNext;
    VmPage ownerPrevious;

    PageQueue queue;
    VmPage queueNext;
    VmPage queuePrevious;

    int wireCount;
    int holdCount;
    int actCount;
    private int valid;
    private int dirty;
    private boolean busy;
    private boolean referenced;
    private boolean writeable;
    private boolean nosync;
    private boolean secondChance;
    private boolean reading;
    private boolean writing;
    private boolean wanted;
    boolean pageable;
    boolean unmanaged;

    private int pvHead;
    private int pvCount;
    private int machineFlags;

    /** A frame of RAM. */
    VmPage(int frame) {
        this.frame = frame;
        attribute = MemoryAttribute.WRITE_BACK;
        fictitious = false;
    }

    /** A page of a device's memory. */
    VmPage(int frame, MemoryAttribute attribute) {
        this.frame = frame;
        this.attribute = attribute;
        fictitious = true;
        unmanaged = true;
        wireCount = 1;
    }

    /** The frame number: physical address divided by the page size. */
    public int frame() {
        return frame;
    }

    /** The physical address of the first byte of this page. */
    public long physicalAddress() {
        return (long) frame << PagePool.PAGE_SHIFT;
    }

    /** The object this page belongs to, or null for a free or unmanaged page. */
    public PageOwner owner() {
        return owner;
    }

    /** The page index inside {@link #owner()}. */
    public long index() {
        return index;
    }

    /** The next page of the same owner in order of insertion, or null. */
    public VmPage nextOfOwner() {
        return ownerNext;
    }

    /** The queue this page is on, or null when it is wired, being faulted in, or unmanaged. */
    public PageQueue queue() {
        return queue;
    }

    /** How many wirings hold this page in memory. */
    public int wireCount() {
        return wireCount;
    }

    /** How many short-term pins keep this page from being freed. */
    public int holdCount() {
        return holdCount;
    }

    /** The age that the pageout scan keeps: 0 is oldest. */
    public int actCount() {
        return actCount;
    }

    /** Sets the age; the page layer and the active pageout policy do. */
    public void actCount(int age) {
        actCount = age;
    }

    /** Whether the pageout policy has the page in its custody: it belongs to an object and is neither wired nor cached. */
    public boolean pageable() {
        return pageable;
    }

    /** Whether a modified page was spared once by a scan ({@code PG_WINATCFLS}). */
    public boolean secondChance() {
        return secondChance;
    }

    /** Sets or clears {@link #secondChance()}. */
    public void secondChance(boolean spared) {
        secondChance = spared;
    }

    /** One bit per 512-byte block whose contents are meaningful. */
    public int valid() {
        return valid;
    }

    /** Replaces the valid mask. */
    public void valid(int mask) {
        valid = mask;
    }

    /** One bit per 512-byte block known to be modified; the pmap may know of more. */
    public int dirty() {
        return dirty;
    }

    /** Replaces the dirty mask. */
    public void dirty(int mask) {
        dirty = mask;
    }

    /** Records that the whole page was modified. A pmap calls this when it folds a modified bit. */
    public void markDirty() {
        dirty = ALL;
    }

    /** Records that the page was used. A pmap calls this when it folds a referenced bit. */
    public void markReferenced() {
        referenced = true;
    }

    /** Whether the page was used since {@link #clearReferenced()}, as far as folded bits tell. */
    public boolean referenced() {
        return referenced;
    }

    /** Forgets the folded referenced bit. */
    public void clearReferenced() {
        referenced = false;
    }

    /**
     * Whether a writable mapping of this page may exist.
     *
     * <p>Set by the memory layer before it asks for a writable mapping; a pmap clears it when it has taken write
     * access from every mapping. A writable mapping of a page that lacks this flag breaks a kernel rule.
     */
    public boolean writeable() {
        return writeable;
    }

    /** Sets or clears {@link #writeable()}. */
    public void writeable(boolean on) {
        writeable = on;
    }

    /** Whether a fault or an I/O owns this page exclusively. */
    public boolean busy() {
        return busy;
    }

    /** Takes or gives up exclusive ownership. */
    public void busy(boolean on) {
        busy = on;
    }

    /** Whether the page is on its way from the store, or has arrived and waits for the fault that asked for it. */
    public boolean reading() {
        return reading;
    }

    /** Sets or clears {@link #reading()}. */
    public void reading(boolean on) {
        reading = on;
    }

    /** Whether the page is on its way to the store: it may be read, but who would write it waits. */
    public boolean writing() {
        return writing;
    }

    /** Sets or clears {@link #writing()}. */
    public void writing(boolean on) {
        writing = on;
    }

    /** Whether it is being read or written, so that nobody else may change it or free its frame. */
    public boolean inTransit() {
        return reading || writing;
    }

    /** Whether somebody sleeps until the page is no longer {@linkplain #inTransit in transit}. */
    public boolean wanted() {
        return wanted;
    }

    /** Sets or clears {@link #wanted()}. */
    public void wanted(boolean on) {
        wanted = on;
    }

    /** Whether the page was only ever dirtied through mappings that asked not to be synchronised. */
    public boolean nosync() {
        return nosync;
    }

    /** Sets or clears {@link #nosync()}. */
    public void nosync(boolean on) {
        nosync = on;
    }

    /** Whether this stands for memory of a device, not for RAM ({@code PG_FICTITIOUS}). */
    public boolean fictitious() {
        return fictitious;
    }

    /** How caches treat it. */
    public MemoryAttribute attribute() {
        return attribute;
    }

    /**
     * Whether there is no list of its mappings, so that nothing can be done to all of them: it holds a page table and is
     * in no object, or belongs to a device, or to memory that is never paged.
     */
    public boolean unmanaged() {
        return unmanaged;
    }

    /** The machine's own anchor of the list of mappings of this page; 0 means none. Only the pmap uses it. */
    public int pvHead() {
        return pvHead;
    }

    /** Replaces the machine's anchor. */
    public void pvHead(int head) {
        pvHead = head;
    }

    /** How many mappings this page has; kept by the pmap, checked by the memory layer when it frees the page. */
    public int pvCount() {
        return pvCount;
    }

    /** Replaces the mapping count. */
    public void pvCount(int count) {
        pvCount = count;
    }

    /** Bits of the machine's own (for example "synchronised for execution"); reset when the page is freed. */
    public int machineFlags() {
        return machineFlags;
    }

    /** Replaces the machine's own bits. */
    public void machineFlags(int bits) {
        machineFlags = bits;
    }

    /** Forgets all contents-related state; the pool calls this when the page changes hands. */
    void reset() {
        valid = 0;
        dirty = 0;
        busy = false;
        referenced = false;
        writeable = false;
        nosync = false;
        secondChance = false;
        reading = false;
        writing = false;
        machineFlags = 0;
        actCount = 0;
    }

    @Override
    public String toString() {
        return "page " + frame + (owner == null ? "" : " (object " + owner.id() + " index " + index + ")");
    }
}
