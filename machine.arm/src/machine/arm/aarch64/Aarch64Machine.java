// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.aarch64;

import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.UserContextCodec;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import machine.arm.paging.BroadcastTlbControl;
import machine.arm.paging.LongDescriptorFormat;
import machine.arm.paging.LongDescriptorWalker;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** The variant {@code aarch64} of slot {@code machine}: ARMv8.0, without hardware access and dirty management. */
@Component(
        service = Machine.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=machine",
            "kernel.variant=" + Aarch64Machine.NAME,
            "kernel.description=64-bit ARM: 4 KiB granule, referenced and modified bits kept by soft faults"
        })
public final class Aarch64Machine implements Machine {
    static final String NAME = "aarch64";

    /** ID_AA64MMFR0_EL1.PARange of the modelled server processor. */
    private static final int PHYSICAL_BITS = 44;

    private static final int ASID_BITS = 16;
    private static final long MAX_USER = 0x0001_0000_0000_0000L;
    private static final long PAGE = 0x1000;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static final PmapCapabilities CAPABILITIES =
            new PmapCapabilities(true, true, false, false, false, 64);

    @Override
    public String name() {
        return NAME;
    }

    /** FreeBSD sys/arm64/include/vmparam.h. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(0, MAX_USER, MAX_USER - PAGE, 128 * MIB, GIB, 128 * MIB, GIB, GIB);
    }

    @Override
    public CostTable costs() {
        return Aarch64Costs.defaults();
    }

    /** The second-level TLB of Neoverse N1: 1280 entries in 5 ways; the fully associative first level for blocks. */
    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(1280, 5, 48, true);
    }

    @Override
    public Walker walker() {
        return new LongDescriptorWalker(PHYSICAL_BITS);
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new RadixPmapModule(host, new LongDescriptorFormat(), new BroadcastTlbControl(host, ASID_BITS),
                CAPABILITIES, MAX_USER);
    }

    @Override
    public UserContextCodec contexts() {
        return new Aarch64Contexts();
    }

    @Override
    public boolean hardwareReferenced() {
        return false;
    }

    @Override
    public boolean hardwareModified() {
        return false;
    }

    @Override
    public int wordBits() {
        return 64;
    }
}
