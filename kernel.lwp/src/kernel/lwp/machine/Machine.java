// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One machine: what fills the slot {@code machine}.
 *
 * <p>Registered as a prototype-scope service of this type with {@code kernel.slot=machine} and
 * {@code kernel.variant=<name>}; every kernel gets an instance of its own. Except for {@link #pmapModule},
 * the methods are called once per kernel and swap, on the engine thread at a safe point, and their results are
 * kept until the machine is swapped out.
 */
@ConsumerType
public interface Machine {
    /** The variant name, such as {@code amd64}. */
    String name();

    /** Address limits. A kernel with more memory than they allow refuses the machine. */
    MachineLimits limits();

    /** What operations cost in virtual time. */
    CostTable costs();

    /** Shape of each CPU's TLB. */
    TlbGeometry tlb();

    /** Reads this machine's page tables in simulated memory; must be stateless, it serves every CPU. */
    Walker walker();

    /**
     * Makes the pmap side of one kernel.
     *
     * @param host what the module may use; owned by kernel.vm and valid as long as the module is
     * @return a new module, owned by the caller
     */
    PmapModule pmapModule(PmapHost host);

    /** The register context. */
    UserContextCodec contexts();

    /** The signal frame; unless overridden a siginfo_t and a ucontext_t, with the arguments in registers. */
    default SignalFrames signalFrames() {
        return new PlainSignalFrames(contexts());
    }

    /** How system calls are carried in registers, or null if contexts do not show it. */
    default TrapAbi traps() {
        return null;
    }

    /** Pointer size in bits: 32 or 64. */
    int wordBits();
}
