// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.armv7;

import java.util.Map;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UserContextCodec;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import machine.arm.context.Arm32Contexts;
import machine.arm.context.Arm32SignalFrames;
import machine.arm.context.SvcTraps;
import machine.arm.cost.Armv7Costs;
import machine.arm.paging.BroadcastTlbControl;
import machine.arm.paging.ShortDescriptorFormat;
import machine.arm.paging.ShortDescriptorWalker;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;

/** The variant {@code armv7} of slot {@code machine}: short descriptors. */
@Component(
        service = Machine.class,
        configurationPid = "machine.armv7",
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=machine",
            "kernel.variant=" + Armv7Machine.NAME,
            "kernel.description=32-bit ARM: short descriptors, referenced and modified bits kept by soft faults"
        })
public final class Armv7Machine implements Machine {
    static final String NAME = "armv7";

    private static final int ASID_BITS = 8;
    private static final long MIN_USER = 0x1000;
    private static final long MAX_USER = 0xbfc0_0000L;
    private static final long PAGE = 0x1000;
    /** Of a small page; supersections reach further. */
    private static final int PHYSICAL_BITS = 32;
    private static final long MIB = 1L << 20;

    private static final PmapCapabilities CAPABILITIES =
            new PmapCapabilities(true, true, false, false, false, 32);

    private CostTable costs = Armv7Costs.defaults();

    /** Takes the costs of the configuration; those that a kernel uses already stay until its next swap. */
    @Activate
    @Modified
    void configure(Map<String, Object> properties) {
        costs = Armv7Costs.defaults().configured(properties);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** FreeBSD sys/arm/include/vmparam.h; page 0 is never mapped. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(MIN_USER, MAX_USER, MAX_USER - PAGE, 128 * MIB, 512 * MIB, 2 * MIB, 8 * MIB, 64 * MIB,
                1L << PHYSICAL_BITS);
    }

    @Override
    public CostTable costs() {
        return costs;
    }

    /** The main TLB of a small core: 512 entries in 4 ways; the first level for sections and large pages. */
    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(512, 4, 10, true);
    }

    @Override
    public Walker walker() {
        return new ShortDescriptorWalker();
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new RadixPmapModule(host, new ShortDescriptorFormat(), new BroadcastTlbControl(host, ASID_BITS),
                CAPABILITIES, MAX_USER);
    }

    @Override
    public UserContextCodec contexts() {
        return new Arm32Contexts();
    }

    @Override
    public TrapAbi traps() {
        return SvcTraps.arm32();
    }

    @Override
    public SignalFrames signalFrames() {
        return new Arm32SignalFrames();
    }

    @Override
    public int wordBits() {
        return 32;
    }
}
