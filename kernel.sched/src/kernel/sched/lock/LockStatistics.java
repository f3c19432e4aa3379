// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import org.osgi.annotation.versioning.ProviderType;

/** How a kernel lock was used; times are virtual nanoseconds. */
@ProviderType
public final class LockStatistics {
    private long acquisitions;
    private long spins;
    private long spinNanos;
    private long blocks;
    private long blockedNanos;

    LockStatistics() {
    }

    void acquired() {
        acquisitions++;
    }

    void spun(long nanos) {
        spins++;
        spinNanos += nanos;
    }

    void blocked(long nanos) {
        blocks++;
        blockedNanos += Math.max(0, nanos);
    }

    /** How often it was taken. */
    public long acquisitions() {
        return acquisitions;
    }

    /** How often somebody spun for it. */
    public long spins() {
        return spins;
    }

    /** Time spent spinning. */
    public long spinNanos() {
        return spinNanos;
    }

    /** How often somebody slept for it. */
    public long blocks() {
        return blocks;
    }

    /** Time spent sleeping. */
    public long blockedNanos() {
        return blockedNanos;
    }
}
