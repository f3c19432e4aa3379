// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kernel.vm.pmap.VmProt;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Mmu;

/**
 * Finds missing invalidations: no translation that a TLB may have cached grants more than its descriptor does.
 *
 * <p>It knows every translation that was ever cached and not dropped since, with the descriptor it came from. What is
 * written to such a descriptor is looked at when the operation has done its invalidations, which is at the end of each
 * batch, and before anything else happens in an MMU. A translation that its CPU could use then is a broken rule, unless
 * its invalidation is pending in a deferred section; one of a space that is not loaded, or that was left stale, is one as
 * soon as its tag is loaded again. On machines with break-before-make the order is checked too.
 */
final class StaleCheck {
    private static final long NOTHING = -1;

    private final RadixPmapModule module;
    private final EntryFormat format;
    private final Engine engine;
    private final TlbShadow[] shadows;
    private final Map<Long, List<CachedTranslation>> bySlot = new HashMap<>();
    private final List<Long> written = new ArrayList<>();
    /** What will be invalidated at the end of a deferred section. */
    private final List<CachedTranslation> pending = new ArrayList<>();

    StaleCheck(RadixPmapModule module, Engine engine) {
        this.module = module;
        this.engine = engine;
        format = module.format();
        shadows = new TlbShadow[engine.cpuCount()];
        for (int cpu = 0; cpu < shadows.length; cpu++) {
            shadows[cpu] = new TlbShadow(this, cpu);
            Mmu mmu = engine.cpu(cpu).mmu();
            shadows[cpu].learn(mmu, module.loaded().on(cpu));
            mmu.watch(shadows[cpu]);
        }
    }

    /** Nobody is told any more. */
    void end() {
        for (int cpu = 0; cpu < shadows.length; cpu++) {
            engine.cpu(cpu).mmu().watch(null);
        }
    }

    /** The space that is loaded on a CPU, or null. */
    RadixPmap loaded(int cpu) {
        return module.loaded().on(cpu);
    }

    void add(CachedTranslation cached) {
        RadixTables tables = cached.owner.tables();
        long slot = tables.leafSlot(cached.va);
        link(cached, slot != TableStore.NONE ? slot : tables.largeSlot());
    }

    private void link(CachedTranslation cached, long slot) {
        if (cached.slots.add(slot)) {
            bySlot.computeIfAbsent(slot, made -> new ArrayList<>()).add(cached);
        }
    }

    void remove(CachedTranslation cached) {
        for (long slot : cached.slots) {
            List<CachedTranslation> all = bySlot.get(slot);
            all.remove(cached);
            if (all.isEmpty()) {
                bySlot.remove(slot);
            }
        }
        cached.slots.clear();
    }

    /** The descriptor of a page is about to be written. */
    void writingLeaf(RadixTables tables, long slot, long old, long fresh) {
        writing(tables, slot, old, fresh, target(old), target(fresh), PhysicalMemory.PAGE_SHIFT);
    }

    /** The descriptor of a leaf table or of a superpage is about to be written. */
    void writingParent(RadixTables tables, long slot, long old, long fresh) {
        int shift = format.geometry().shift(format.geometry().leafLevel() - 1);
        writing(tables, slot, old, fresh, parentTarget(old), parentTarget(fresh), shift);
    }

    /** What a descriptor points at; {@link #NOTHING} if it is invalid. */
    private long target(long leaf) {
        return format.present(leaf) ? format.frame(leaf) : NOTHING;
    }

    private long parentTarget(long entry) {
        int level = format.geometry().leafLevel() - 1;
        if (format.isLarge(entry, level)) {
            return target(format.small(entry));
        }
        return format.isTable(entry, level) ? format.tableAddress(entry) : NOTHING;
    }

    private void writing(RadixTables tables, long slot, long old, long fresh, long oldTarget, long target, int shift) {
        if (old == fresh) {
            return;
        }
        written.add(slot);
        if (!format.breakBeforeMake() || target == NOTHING) {
            return;
        }
        if (oldTarget != NOTHING && oldTarget != target) {
            throw new KernelPanic("break-before-make: " + describe(slot, old) + " was overwritten with 0x"
                    + Long.toHexString(fresh) + " without being invalid in between");
        }
        for (CachedTranslation cached : bySlot.getOrDefault(slot, List.of())) {
            boolean other = target != cached.frame || shift != cached.shift;
            if (oldTarget == NOTHING && cached.owner.tables() == tables && other) {
                throw new KernelPanic("break-before-make: " + describe(slot, fresh) + " was made while CPU " + cached.cpu
                        + " may still use " + cached);
            }
        }
    }

    private static String describe(long slot, long entry) {
        return "the descriptor 0x" + Long.toHexString(entry) + " at 0x" + Long.toHexString(slot);
    }

    /** Leaves of a table now stand in one descriptor above it. */
    void promoted(long table, int entries, int entryBytes, long above) {
        for (int i = 0; i < entries; i++) {
            long slot = table + (long) i * entryBytes;
            for (CachedTranslation cached : unlinkAll(slot)) {
                link(cached, above);
            }
        }
    }

    /** A descriptor was replaced by a table of leaves; a translation of the whole depends on each of them. */
    void demoted(long above, long table, int entries, int entryBytes) {
        for (CachedTranslation cached : unlinkAll(above)) {
            for (int i = 0; i < entries; i++) {
                link(cached, table + (long) i * entryBytes);
            }
        }
    }

    private List<CachedTranslation> unlinkAll(long slot) {
        List<CachedTranslation> all = bySlot.remove(slot);
        if (all == null) {
            return List.of();
        }
        all.forEach(cached -> cached.slots.remove(slot));
        return all;
    }

    /** Looks at everything that depends on what was written. */
    void settle() {
        for (int i = 0; i < written.size(); i++) {
            for (CachedTranslation cached : bySlot.getOrDefault(written.get(i), List.of())) {
                check(cached);
            }
        }
        written.clear();
        List<CachedTranslation> waited = pending.isEmpty() ? List.of() : List.copyOf(pending);
        pending.clear();
        waited.forEach(this::check);
    }

    private void check(CachedTranslation cached) {
        if (cached.slots.isEmpty() || agrees(cached)) {
            return;
        }
        if (module.invalidations().isPending(cached)) {
            pending.add(cached);
            return;
        }
        Mmu mmu = engine.cpu(cached.cpu).mmu();
        if (loaded(cached.cpu) == cached.owner && mmu.asid() == cached.asid) {
            throw new KernelPanic("stale translation: CPU " + cached.cpu + " may still use " + cached);
        }
        cached.suspect = true;
    }

    /** Whether the descriptors give at least what is cached, for every page of it. */
    private boolean agrees(CachedTranslation cached) {
        RadixTables tables = cached.owner.tables();
        if (tables.root() == TableStore.NONE) {
            return false;
        }
        for (long at = 0; at < 1L << cached.shift; at += PhysicalMemory.PAGE_SIZE) {
            long leaf = tables.leaf(cached.va + at);
            if (!format.mayBeCached(leaf) || format.frame(leaf) != cached.frame + at || (cached.rights & ~granted(leaf)) != 0) {
                return false;
            }
        }
        return true;
    }

    private int granted(long leaf) {
        return format.modified(leaf) ? format.prot(leaf) : format.prot(leaf) & ~VmProt.WRITE;
    }
}
