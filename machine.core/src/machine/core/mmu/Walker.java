// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ConsumerType;

/** The table-walk hardware of one architecture; stateless, supplied by the machine module. */
@ConsumerType
public interface Walker {

    /**
     * Translates one user address by reading descriptors in memory.
     *
     * <p>Called on the engine thread on every TLB miss; must not allocate. Sets accessed and dirty bits
     * in memory exactly as that hardware would.
     *
     * @param memory where the tables are
     * @param root value given to {@link Mmu#load}
     * @param va virtual address
     * @param access one of {@link Access}
     * @param out receives what was found; cleared by the caller
     * @return a {@link FaultKind}, {@code NONE} on success
     */
    int walk(PhysicalMemory memory, long root, long va, int access, Translation out);
}
