// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import org.osgi.annotation.versioning.ProviderType;

/** The costs that the dispatcher and the locks charge, read out of the machine's table once. */
@ProviderType
public final class SchedCosts {
    private long lockNanos;
    private long sameSpaceNanos;
    private long otherSpaceNanos;
    private long ipiNanos;
    private long interruptNanos;

    SchedCosts(CostTable table) {
        load(table);
    }

    void load(CostTable table) {
        lockNanos = table.nanos(Cost.LOCK);
        sameSpaceNanos = table.nanos(Cost.SWITCH_SAME_SPACE);
        otherSpaceNanos = table.nanos(Cost.SWITCH_OTHER_SPACE);
        ipiNanos = table.nanos(Cost.IPI);
        interruptNanos = table.nanos(Cost.INTERRUPT);
    }

    /** Taking a free kernel lock. */
    public long lockNanos() {
        return lockNanos;
    }

    /** A switch within an address space. */
    public long sameSpaceNanos() {
        return sameSpaceNanos;
    }

    /** A switch to another address space. */
    public long otherSpaceNanos() {
        return otherSpaceNanos;
    }

    /** One interrupt to another CPU, one way. */
    public long ipiNanos() {
        return ipiNanos;
    }

    /** Taking an interrupt. */
    public long interruptNanos() {
        return interruptNanos;
    }
}
