// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import kernel.vm.pmap.VmProt;
import machine.core.engine.KernelPanic;
import machine.core.mmu.Mmu;
import machine.core.mmu.TlbWatcher;
import machine.core.mmu.Translation;

/** Every translation that one CPU may have cached, by tag. */
final class TlbShadow implements TlbWatcher {
    private final StaleCheck check;
    private final int cpu;
    private final Map<Integer, TreeMap<Long, CachedTranslation>> spaces = new HashMap<>();
    private int largestShift;

    TlbShadow(StaleCheck check, int cpu) {
        this.check = check;
        this.cpu = cpu;
    }

    /** Takes over what the TLB holds of the loaded space; whose the rest is cannot be told. */
    void learn(Mmu mmu, RadixPmap loaded) {
        mmu.forEachEntry((va, asid, frame, pageShift, rights, dirtyKnown) -> {
            if (loaded != null && asid == mmu.asid() && loaded.extract(va) >= 0) {
                put(loaded, va, asid, pageShift, frame, dirtyKnown ? rights : rights & ~VmProt.WRITE);
            }
        });
    }

    private void put(RadixPmap owner, long va, int asid, int shift, long frame, int rights) {
        CachedTranslation cached = new CachedTranslation(owner, cpu, asid, va, shift, frame, rights);
        largestShift = Math.max(largestShift, shift);
        CachedTranslation before = spaces.computeIfAbsent(asid, tag -> new TreeMap<>()).put(va | shift, cached);
        if (before != null) {
            check.remove(before);
        }
        check.add(cached);
    }

    @Override
    public void cached(long va, int asid, Translation found) {
        check.settle();
        RadixPmap owner = check.loaded(cpu);
        if (owner == null) {
            throw new KernelPanic("stale translation: CPU " + cpu + " translates 0x" + Long.toHexString(va)
                    + " in a space that it has left");
        }
        if (!found.global) {
            long first = va & -(1L << found.pageShift);
            int rights = found.dirtyKnown ? found.rights : found.rights & ~VmProt.WRITE;
            put(owner, first, asid, found.pageShift, found.frame, rights);
        }
    }

    @Override
    public void droppedPage(long va, int asid) {
        TreeMap<Long, CachedTranslation> space = spaces.get(asid);
        if (space == null) {
            return;
        }
        long lowest = va & -(1L << largestShift);
        for (CachedTranslation cached : new ArrayList<>(space.subMap(lowest, true, va | 63, true).values())) {
            if (va >>> cached.shift == cached.va >>> cached.shift) {
                space.remove(cached.va | cached.shift);
                check.remove(cached);
            }
        }
    }

    @Override
    public void droppedSpace(int asid) {
        TreeMap<Long, CachedTranslation> space = spaces.remove(asid);
        if (space != null) {
            space.values().forEach(check::remove);
        }
    }

    @Override
    public void droppedAll() {
        spaces.values().forEach(space -> space.values().forEach(check::remove));
        spaces.clear();
    }

    @Override
    public void loaded(int asid) {
        check.settle();
        RadixPmap owner = check.loaded(cpu);
        for (CachedTranslation cached : spaces.getOrDefault(asid, new TreeMap<>()).values()) {
            if (owner != null && (cached.owner != owner || cached.suspect)) {
                throw new KernelPanic("stale translation: CPU " + cpu + " loads tag " + asid + " and may use " + cached
                        + (cached.owner != owner ? " of another space" : " of before"));
            }
        }
    }
}
