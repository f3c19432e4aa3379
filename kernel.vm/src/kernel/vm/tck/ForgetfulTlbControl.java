// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import kernel.vm.radix.InvalidationBatch;
import kernel.vm.radix.RadixPmap;
import kernel.vm.radix.TlbControl;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * TLB maintenance that can be made to leave invalidations out, to see that somebody notices.
 *
 * <p>For tests of checkers; see {@link ShootdownSites}.
 */
@ProviderType
public final class ForgetfulTlbControl implements TlbControl {
    private final TlbControl real;
    private final Engine engine;
    private int skipped = -1;
    private int count;

    /** Does what the machine's own does, until {@link #forget}. */
    public ForgetfulTlbControl(TlbControl real, Engine engine) {
        this.real = real;
        this.engine = engine;
    }

    /** Leaves one invalidation out: as many are done before it as {@code index} says; -1 for none. */
    public void forget(int index) {
        skipped = index;
        count = 0;
    }

    /** How many there were since {@link #forget} that found something to drop. */
    public int count() {
        return count;
    }

    @Override
    public int tagWords() {
        return real.tagWords();
    }

    @Override
    public int batchPages() {
        return real.batchPages();
    }

    @Override
    public boolean defers() {
        return real.defers();
    }

    @Override
    public void activate(RadixPmap pmap, Cpu cpu) {
        real.activate(pmap, cpu);
    }

    @Override
    public void deactivate(RadixPmap pmap, Cpu cpu) {
        real.deactivate(pmap, cpu);
    }

    @Override
    public boolean invalidate(RadixPmap pmap, InvalidationBatch batch) {
        boolean left = finds(batch) && count++ == skipped;
        return !left && real.invalidate(pmap, batch);
    }

    private boolean finds(InvalidationBatch batch) {
        boolean[] found = new boolean[1];
        for (int cpu = 0; cpu < engine.cpuCount(); cpu++) {
            engine.cpu(cpu).mmu().forEachEntry((va, asid, frame, shift, rights, dirtyKnown) ->
                    found[0] |= batch.covers(va, shift));
        }
        return found[0];
    }

    @Override
    public void release(RadixPmap pmap) {
        real.release(pmap);
    }

    @Override
    public void close() {
        real.close();
    }
}
