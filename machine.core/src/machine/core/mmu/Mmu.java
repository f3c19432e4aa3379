// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The memory management unit of one CPU: a TLB in front of the machine's walker.
 *
 * <p>Knows nothing of a mapping but what the descriptors in memory say and the TLB remembers; whoever
 * changes a descriptor invalidates, on every CPU that may have it cached. A TLB hit that does not grant
 * the access, or a write to an entry whose dirty state is not known, drops the entry and walks again, so
 * relaxed rights need no invalidation. Faults are not cached.
 */
@ProviderType
public final class Mmu {

    /** What {@link #translate} returns for a fault. */
    public static final long FAULT = -1;

    private static final long OFFSET_MASK = PhysicalMemory.PAGE_SIZE - 1;
    private static final Walker NO_WALKER = (memory, root, va, access, out) -> FaultKind.TRANSLATION;
    private static final TlbGeometry NO_TLB = new TlbGeometry(1, 1, 0, false);

    private final PhysicalMemory memory;
    private final CycleSink payer;
    private final Translation found = new Translation();
    private final MmuFault fault = new MmuFault();

    private Walker walker = NO_WALKER;
    private Tlb tlb = new Tlb(NO_TLB);
    private boolean tagged;
    private TlbWatcher watcher;
    private InvalidationLoss loss = (va, space) -> false;
    private long walkNanos;
    private long levelNanos;
    private long root;
    private int asid;

    private long hits;
    private long walks;
    private long faults;
    private long pageInvalidations;
    private long flushes;

    /** Makes an MMU without walker; every translation is a fault until {@link #install}. */
    public Mmu(PhysicalMemory memory, CycleSink payer) {
        this.memory = memory;
        this.payer = payer;
    }

    /** Installs a machine's walker, TLB and costs; drops everything cached and the root. */
    public void install(Walker machineWalker, TlbGeometry geometry, CostTable costs) {
        walker = machineWalker;
        tlb = new Tlb(geometry);
        tagged = geometry.tagged();
        walkNanos = costs.nanos(Cost.WALK_FIXED);
        levelNanos = costs.nanos(Cost.WALK_LEVEL);
        root = 0;
        asid = 0;
        if (watcher != null) {
            watcher.droppedAll();
        }
    }

    /** Tells somebody what is cached from now on, or nobody if it is null. */
    public void watch(TlbWatcher next) {
        watcher = next;
    }

    /** Says which invalidations are left out from now on; for tests of those who look for stale translations. */
    public void lose(InvalidationLoss next) {
        loss = next;
    }

    /**
     * Translates a user address; charges the CPU for a walk if there is one.
     *
     * @param va virtual address
     * @param access one of {@link Access}
     * @return physical address, or {@link #FAULT} with the details in {@link #fault()}
     */
    public long translate(long va, int access) {
        long word = tlb.lookup(va, asid);
        return grants(word, access) ? hit(word, va) : walk(va, access, word);
    }

    /** As {@link #translate}, but from the TLB alone: {@link #FAULT} only says that a walk is needed. */
    public long cached(long va, int access) {
        long word = tlb.lookup(va, asid);
        return grants(word, access) ? hit(word, va) : FAULT;
    }

    private static boolean grants(long word, int access) {
        int needed = access | (access & Access.WRITE) << 2; // WRITE << 2 is DIRTY_KNOWN
        return (word & needed) == needed;
    }

    private long hit(long word, long va) {
        hits++;
        return word & ~OFFSET_MASK | va & OFFSET_MASK;
    }

    private long walk(long va, int access, long cached) {
        if (cached != Tlb.MISS) {
            tlb.dropPage(va, asid);
        }
        walks++;
        found.clear();
        int kind = walker.walk(memory, root, va, access, found);
        payer.charge(walkNanos + found.memoryReads * levelNanos);
        if (watcher != null) {
            tellWalk(va, kind);
        }
        if (kind != FaultKind.NONE) {
            return fault(va, access, kind);
        }
        long word = tlb.insert(va, asid, found);
        return word & ~OFFSET_MASK | va & OFFSET_MASK;
    }

    private void tellWalk(long va, int kind) {
        watcher.droppedPage(va, asid);
        if (kind == FaultKind.NONE) {
            watcher.cached(va, asid, found);
        }
    }

    private long fault(long va, int access, int kind) {
        faults++;
        fault.va = va;
        fault.access = access;
        fault.kind = kind;
        fault.level = found.level;
        fault.statusCode = found.statusCode;
        return FAULT;
    }

    /** The last fault. */
    public MmuFault fault() {
        return fault;
    }

    /**
     * Makes an address space current. Without address-space tags this drops what is cached, except
     * global entries.
     *
     * @param newRoot where its tables are, in the walker's own form
     * @param newAsid its address-space id, 0 to 65535; 0 if the machine has none
     */
    public void load(long newRoot, int newAsid) {
        root = newRoot;
        asid = newAsid;
        tlb.switched();
        if (!tagged) {
            dropLoaded();
        }
        if (watcher != null) {
            watcher.loaded(asid);
        }
    }

    private void dropLoaded() {
        flushes++;
        if (loss.loses(InvalidationLoss.EVERY_PAGE, asid)) {
            return;
        }
        tlb.dropLocal();
        if (watcher != null) {
            watcher.droppedSpace(asid);
        }
    }

    /** The root that is loaded. */
    public long root() {
        return root;
    }

    /** The address-space id that is loaded. */
    public int asid() {
        return asid;
    }

    /** Drops what is cached for the page of {@code va} in one address space, and global entries for it. */
    public void invalidatePage(long va, int space) {
        pageInvalidations++;
        if (loss.loses(va, space)) {
            return;
        }
        tlb.dropPage(va, space);
        if (watcher != null) {
            watcher.droppedPage(va, space);
        }
    }

    /** Drops every entry of one address space that is not global. */
    public void invalidateAsid(int space) {
        flushes++;
        if (loss.loses(InvalidationLoss.EVERY_PAGE, space)) {
            return;
        }
        tlb.dropAsid(space);
        if (watcher != null) {
            watcher.droppedSpace(space);
        }
    }

    /** Drops everything, global entries too. */
    public void invalidateAll() {
        flushes++;
        if (loss.loses(InvalidationLoss.EVERY_PAGE, InvalidationLoss.EVERY_SPACE)) {
            return;
        }
        tlb.clear();
        if (watcher != null) {
            watcher.droppedAll();
        }
    }

    /** Shows every cached translation, in order of TLB slot; for listings and checks. */
    public void forEachEntry(TlbVisitor visitor) {
        tlb.forEach(visitor);
    }

    /** What the TLB did so far. */
    public TlbStats stats() {
        return new TlbStats(hits, walks, faults, pageInvalidations, flushes, tlb.valid());
    }
}
