// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import org.osgi.annotation.versioning.ConsumerType;

/** What decides what an idle CPU does next; the dispatcher of floor 2. */
@ConsumerType
public interface CpuDriver {

    /**
     * Picks work for a CPU that has none.
     *
     * <p>The engine calls it on the engine thread with {@link Engine#current()} set to {@code cpu}: after
     * the interrupts of an idle CPU were delivered, and when the body of a CPU's context ended without
     * switching to another one. It may call {@link Cpu#switchTo}; if it does not, the CPU stays idle
     * until its next interrupt. It must not block.
     *
     * @param cpu the idle CPU
     */
    void idleInterrupted(Cpu cpu);
}
