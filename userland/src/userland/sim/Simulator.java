// SPDX-License-Identifier: BSD-2-Clause
package userland.sim;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs workloads on fresh kernels; a service.
 *
 * <p>Each call boots, runs and discards its own kernel on a host thread of its own.
 */
@ProviderType
public interface Simulator {
    /**
     * Runs a workload to its end or for the requested time.
     *
     * @param progress told now and then how far the run is, on a thread of the runner; or null
     * @throws IllegalArgumentException when the request names a workload, variant or option that does not
     *         exist or makes no sense; nothing has been run then
     */
    SimReport run(SimRequest request, Progress progress);

    /**
     * Runs the same request under each variant of a slot and finds where the runs part. The runs share the host's
     * cores; {@code progress} is called by one thread at a time.
     *
     * @param seeds how many seeds to run each variant with: the request's and those after it
     * @throws IllegalArgumentException as {@link #run}
     */
    Comparison compare(SimRequest request, String slot, List<String> variants, int seeds, Progress progress);

    /** Listener of a run. */
    @FunctionalInterface
    interface Progress {
        /**
         * Called from time to time.
         *
         * @param stage what is being run, for example the variant
         * @param virtualNanos virtual time so far
         * @param events events so far
         */
        void at(String stage, long virtualNanos, long events);
    }
}
