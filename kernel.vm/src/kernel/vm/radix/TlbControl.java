// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import machine.core.engine.Cpu;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a machine tags translations with address spaces and gets rid of stale ones.
 *
 * <p>One instance serves one {@link RadixPmapModule}. Called on the engine thread, possibly at a safe point where no
 * CPU is current; then it charges nothing. It never blocks. {@link RadixPmap#tags()} is its own to use.
 */
@ConsumerType
public interface TlbControl {
    /** How many words of tag state each pmap needs. */
    int tagWords();

    /**
     * Loads a pmap's root on a CPU; {@link RadixPmap#active()} does not contain the CPU yet.
     *
     * <p>After it returns, the CPU uses only translations that agree with the pmap's tables.
     */
    void activate(RadixPmap pmap, Cpu cpu);

    /** Takes a pmap's root off a CPU; {@link RadixPmap#active()} does not contain the CPU any more. */
    void deactivate(RadixPmap pmap, Cpu cpu);

    /**
     * Makes sure that no CPU uses a translation of the batch any more, and charges for it.
     *
     * <p>A CPU that has the space loaded but does not use it ({@link RadixPmap#lazy}) may be made to leave it by
     * {@link RadixPmap#leaveStale} instead.
     *
     * @return whether other CPUs had to take part
     */
    boolean invalidate(RadixPmap pmap, InvalidationBatch batch);

    /**
     * The most pages that one call of {@link #invalidate} names; beyond it drops the whole space.
     *
     * <p>The same number at every call.
     */
    default int batchPages() {
        return InvalidationBatch.LIMIT;
    }

    /**
     * Whether invalidations of ranges may wait for {@link kernel.vm.pmap.Pmap#update}.
     *
     * <p>False where the original invalidates at once. The same answer at every call.
     */
    default boolean defers() {
        return false;
    }

    /** The pmap ends; it is active nowhere. Its tag must not be found in a TLB by a later pmap. */
    void release(RadixPmap pmap);

    /** The module ends: nothing of this object may stay registered anywhere. */
    void close();
}
