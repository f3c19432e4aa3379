// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import kernel.sched.policy.Scheduler;
import machine.core.slot.VariantHandle;

/** A scheduler as the slot takes it. */
record RigHandle(String variant, Scheduler scheduler) implements VariantHandle {
    @Override
    public String slot() {
        return "sched";
    }

    @Override
    public Object instance() {
        return scheduler;
    }

    @Override
    public void release() {
        // Whoever made the scheduler gives it back.
    }
}
