// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.v8;

import java.util.Map;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UserContextCodec;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import machine.arm.context.Aarch64Contexts;
import machine.arm.context.SvcTraps;
import machine.arm.cost.Aarch64Costs;
import machine.arm.paging.BroadcastTlbControl;
import machine.arm.paging.LongDescriptorFormat;
import machine.arm.paging.LongDescriptorWalker;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;

/** What the 64-bit ARM machines share: all but who keeps the referenced and modified bits. */
public abstract class ArmV8Machine implements Machine {
    /** ID_AA64MMFR0_EL1.PARange of the modelled server processor. */
    private static final int PHYSICAL_BITS = 44;

    private static final int ASID_BITS = 16;
    private static final long MAX_USER = 0x0001_0000_0000_0000L;
    private static final long PAGE = 0x1000;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private final boolean hardwareBits;
    private CostTable costs = Aarch64Costs.defaults();

    /**
     * A machine.
     *
     * @param hardwareBits whether walks set the access flag and the dirty state (FEAT_HAFDBS)
     */
    protected ArmV8Machine(boolean hardwareBits) {
        this.hardwareBits = hardwareBits;
    }

    /** Takes the costs of a configuration. */
    protected final void costs(Map<String, Object> properties) {
        costs = Aarch64Costs.defaults().configured(properties);
    }

    /** FreeBSD sys/arm64/include/vmparam.h. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(0, MAX_USER, MAX_USER - PAGE, 128 * MIB, GIB, 128 * MIB, GIB, GIB,
                1L << PHYSICAL_BITS);
    }

    @Override
    public CostTable costs() {
        return costs;
    }

    /** The second-level TLB of Neoverse N1: 1280 entries in 5 ways; the fully associative first level for blocks. */
    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(1280, 5, 48, true);
    }

    @Override
    public Walker walker() {
        return new LongDescriptorWalker(PHYSICAL_BITS, hardwareBits);
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        PmapCapabilities capabilities = new PmapCapabilities(true, true, false, hardwareBits, hardwareBits, 64);
        return new RadixPmapModule(host, new LongDescriptorFormat(hardwareBits),
                new BroadcastTlbControl(host, ASID_BITS), capabilities, MAX_USER);
    }

    @Override
    public UserContextCodec contexts() {
        return new Aarch64Contexts();
    }

    @Override
    public TrapAbi traps() {
        return SvcTraps.aarch64();
    }

    @Override
    public int wordBits() {
        return 64;
    }
}
