// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.CostTable;
import machine.core.engine.KernelPanic;
import machine.core.mmu.FaultKind;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;

/**
 * Stands in for a machine while the slot is vacant and the kernel stands still: it translates nothing.
 *
 * <p>Keeps the limits and costs of the machine before, and nothing of its code.
 */
final class VacantMachine implements Machine {
    private final MachineLimits limits;
    private final CostTable costs;
    private final TlbGeometry tlb;
    private final int wordBits;

    VacantMachine(Machine before) {
        limits = before.limits();
        costs = before.costs();
        tlb = before.tlb();
        wordBits = before.wordBits();
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public MachineLimits limits() {
        return limits;
    }

    @Override
    public CostTable costs() {
        return costs;
    }

    @Override
    public TlbGeometry tlb() {
        return tlb;
    }

    @Override
    public Walker walker() {
        return (memory, root, va, access, out) -> FaultKind.TRANSLATION;
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new VacantPmapModule(wordBits);
    }

    @Override
    public UserContextCodec contexts() {
        return new NoContexts();
    }

    @Override
    public int wordBits() {
        return wordBits;
    }

    static KernelPanic vacant() {
        return new KernelPanic("slot rule: the kernel ran while the slot machine was vacant");
    }

    /** Nobody runs, so nobody has a register context. */
    private static final class NoContexts implements UserContextCodec {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public int validate(byte[] ucontext, UserRegisters current) {
            throw vacant();
        }

        @Override
        public void load(byte[] ucontext, UserContext into) {
            throw vacant();
        }

        @Override
        public void store(UserContext from, byte[] ucontext) {
            throw vacant();
        }

        @Override
        public long initialStatus() {
            return 0;
        }

        @Override
        public void makeStart(UserContext into, long start, long argument, long tls, long stackBase,
                long stackBytes, long returnTo) {
            throw vacant();
        }

        @Override
        public int checkPrivate(long value) {
            throw vacant();
        }
    }
}
