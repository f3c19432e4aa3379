// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UserContextCodec;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** The variant {@code riscv64} of slot {@code machine}. */
@Component(
        service = Machine.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=machine",
            "kernel.variant=" + RiscvMachine.NAME,
            "kernel.description=an example: RISC-V with Sv39 tables, referenced and modified bits kept by soft faults"
        })
public final class RiscvMachine implements Machine {
    static final String NAME = "riscv64";

    private static final long MAX_USER = 1L << 38;
    private static final long PAGE = 0x1000;
    private static final long MIB = 1L << 20;
    /** Sv39: 44 bits of page number. */
    private static final int PHYSICAL_BITS = 56;
    private static final long GIB = 1L << 30;

    private static final PmapCapabilities CAPABILITIES =
            new PmapCapabilities(true, true, true, false, false, 64);

    @Override
    public String name() {
        return NAME;
    }

    /** FreeBSD sys/riscv/include/vmparam.h for Sv39. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(0, MAX_USER, MAX_USER - PAGE, 128 * MIB, GIB, 128 * MIB, GIB, GIB,
                1L << PHYSICAL_BITS);
    }

    @Override
    public CostTable costs() {
        return CostTable.generic();
    }

    /** A guess: 512 entries in 4 ways, and 16 for large pages; no ASIDs. */
    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(512, 4, 16, false);
    }

    @Override
    public Walker walker() {
        return new Sv39Walker();
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new RadixPmapModule(host, new Sv39Format(), new FenceTlbControl(host), CAPABILITIES, MAX_USER);
    }

    @Override
    public UserContextCodec contexts() {
        return new RiscvContexts();
    }

    @Override
    public TrapAbi traps() {
        return new RiscvTraps();
    }

    @Override
    public int wordBits() {
        return 64;
    }
}
