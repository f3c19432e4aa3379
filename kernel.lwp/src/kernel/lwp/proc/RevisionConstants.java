// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.Collection;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import machine.core.slot.GuardedPort;

/** What a revision says of itself and never changes: read when it comes, so that asking calls none of its code. */
abstract class RevisionConstants extends GuardedPort<LwpRevision> implements LwpRevision {
    private RevisionFacts facts;

    void facts(RevisionFacts next) {
        facts = next;
    }

    /** {@link CallSet} of the active revision. */
    long calls() {
        return facts.calls();
    }

    @Override
    public String name() {
        return facts.name();
    }

    @Override
    public Generation generation() {
        return facts.generation();
    }

    @Override
    public Collection<LwpQuirk> quirks() {
        return facts.quirks();
    }

    @Override
    public boolean reportsLwpEvents() {
        return facts.reportsLwpEvents();
    }

    @Override
    public boolean activations() {
        return facts.activations();
    }

    @Override
    public boolean validatesContext() {
        return facts.validatesContext();
    }

    @Override
    public boolean limitsThreads() {
        return facts.limitsThreads();
    }

    @Override
    public boolean countsEmbryos() {
        return facts.countsEmbryos();
    }

    @Override
    public SyncObject parkObject() {
        return facts.parkObject();
    }
}
