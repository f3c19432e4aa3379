// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.LinkedHashSet;
import java.util.Set;
import kernel.vm.pmap.VmProt;

/** A translation that one CPU may have cached; identity counts. */
final class CachedTranslation {
    final RadixPmap owner;
    final int cpu;
    final int asid;
    final long va;
    final int shift;
    final long frame;
    /** What can be done through it without another walk. */
    final int rights;
    /** Where the descriptors are that it depends on. */
    final Set<Long> slots = new LinkedHashSet<>();
    /** Whether the descriptors do not give it any more, though nobody can use it right now. */
    boolean suspect;

    CachedTranslation(RadixPmap owner, int cpu, int asid, long va, int shift, long frame, int rights) {
        this.owner = owner;
        this.cpu = cpu;
        this.asid = asid;
        this.va = va;
        this.shift = shift;
        this.frame = frame;
        this.rights = rights;
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(va) + " -> 0x" + Long.toHexString(frame) + " " + VmProt.text(rights)
                + ", " + (1L << shift - 10) + " KiB, tag " + asid;
    }
}
