// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

/**
 * When a module gets rid of stale translations: at the end of each operation, or, in a section that a pmap defers, at its
 * end ({@code pmap_update}).
 *
 * <p>What is pending is one packet, as NetBSD's x86 pmap_tlb.c keeps one for each CPU: operations of the module that are
 * not deferred come and go meanwhile.
 */
final class Invalidations {
    private final TlbControl tlb;
    private final TableStore store;
    private final PmapCounters counters;
    private final InvalidationBatch batch;
    private final InvalidationBatch pending;
    private RadixPmap deferring;
    private StaleCheck check;

    Invalidations(TlbControl tlb, TableStore store, PmapCounters counters) {
        this.tlb = tlb;
        this.store = store;
        this.counters = counters;
        batch = new InvalidationBatch(tlb.batchPages());
        pending = tlb.defers() ? new InvalidationBatch(tlb.batchPages()) : null;
    }

    /** What the operation at hand has to invalidate. */
    InvalidationBatch batch() {
        return batch;
    }

    void check(StaleCheck next) {
        check = next;
    }

    /** Begins a section in which the ranges of a pmap may stay pending; one of another pmap ends. */
    void defer(RadixPmap pmap) {
        if (pending != null) {
            update(deferring);
            deferring = pmap;
        }
    }

    /** Ends the section of a pmap and does what is pending. */
    void update(RadixPmap pmap) {
        if (pmap == null || pmap != deferring) {
            return;
        }
        deferring = null;
        if (!pending.isEmpty()) {
            counters.shootdowns += tlb.invalidate(pmap, pending) ? 1 : 0;
            pending.clear();
        }
        complete();
    }

    /** Ends an operation on a range: what it batched may stay pending. */
    void finishRange(RadixPmap pmap) {
        if (pmap == deferring) {
            pending.addAll(batch);
            batch.clear();
            settle();
        } else {
            finish(pmap);
        }
    }

    /** Invalidates what was batched for a pmap, then gives back its empty tables. */
    void finish(RadixPmap pmap) {
        now(pmap);
        complete();
    }

    /** Tables of a section stay until its end, because walks could still find them. */
    private void complete() {
        settle();
        if (deferring == null) {
            store.freeRetired();
        }
    }

    /** Invalidates what was batched for a pmap. */
    void now(RadixPmap pmap) {
        if (!batch.isEmpty()) {
            counters.shootdowns += tlb.invalidate(pmap, batch) ? 1 : 0;
            batch.clear();
        }
        settle();
    }

    private void settle() {
        if (check != null) {
            check.settle();
        }
    }

    /** Whether a translation will go when the section at hand ends. */
    boolean isPending(CachedTranslation cached) {
        return cached.owner == deferring && pending.covers(cached.va, cached.shift);
    }
}
