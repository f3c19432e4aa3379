// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;

/**
 * What never changes about a revision, read once.
 *
 * @param name the variant name
 * @param generation the rules around it
 * @param quirks its documented defects
 * @param parkObject what a parked LWP waits for
 * @param calls {@link CallSet}
 * @param validatesContext whether contexts of new LWPs are checked
 * @param limitsThreads whether RLIMIT_NTHR counts
 * @param countsEmbryos whether LWPs that have not started count
 * @param reportsLwpEvents whether traced LWPs report
 * @param activations whether it has scheduler activations
 */
record RevisionFacts(String name, Generation generation, List<LwpQuirk> quirks, SyncObject parkObject, long calls,
        boolean validatesContext, boolean limitsThreads, boolean countsEmbryos, boolean reportsLwpEvents,
        boolean activations) {

    static RevisionFacts of(LwpRevision revision) {
        return new RevisionFacts(revision.name(), revision.generation(), List.copyOf(revision.quirks()),
                revision.parkObject(), CallSet.of(revision), revision.validatesContext(), revision.limitsThreads(),
                revision.countsEmbryos(), revision.reportsLwpEvents(),
                revision.activations());
    }
}
