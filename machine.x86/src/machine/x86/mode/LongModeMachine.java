// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.mode;

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
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import machine.x86.context.LongModeContexts;
import machine.x86.context.LongModeSignalFrames;
import machine.x86.context.LongModeTraps;
import machine.x86.cost.ServerCosts;
import machine.x86.paging.IpiTlbControl;
import machine.x86.paging.PagingFormat;

/** What the 64-bit x86 machines share: all but the number of levels and what follows from it. */
public abstract class LongModeMachine implements Machine {
    private static final long PAGE = 0x1000;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static final PmapCapabilities CAPABILITIES =
            new PmapCapabilities(true, true, false, true, true, 64);

    private final long maxUser;
    private final long maxUserContext;
    private final PagingFormat format;
    private final Walker walker;
    private final long maxPhysical;
    private CostTable costs = ServerCosts.defaults();

    /**
     * A machine.
     *
     * @param format of its page tables
     * @param walker that reads them
     * @param physicalBits of the address of a base page
     * @param maxUser where user space ends
     * @param maxUserContext what code addresses and thread pointers are below
     */
    protected LongModeMachine(PagingFormat format, Walker walker, int physicalBits, long maxUser, long maxUserContext) {
        this.format = format;
        this.walker = walker;
        this.maxPhysical = 1L << physicalBits;
        this.maxUser = maxUser;
        this.maxUserContext = maxUserContext;
    }

    /** Takes the costs of a configuration. */
    protected final void costs(Map<String, Object> properties) {
        costs = ServerCosts.defaults().configured(properties);
    }

    /** FreeBSD sys/amd64/include/vmparam.h, with user maps of 48 or 57 bits. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(0, maxUser, maxUser - PAGE, 32 * GIB, 32 * GIB, 8 * MIB, 512 * MIB, 32 * GIB,
                maxPhysical);
    }

    @Override
    public CostTable costs() {
        return costs;
    }

    /** The second-level TLB of a Skylake-class server: 1536 entries in 12 ways, and 32 for 2 MiB pages. */
    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(1536, 12, 32, true);
    }

    @Override
    public Walker walker() {
        return walker;
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new RadixPmapModule(host, format, IpiTlbControl.tagged(host), CAPABILITIES,
                maxUser);
    }

    @Override
    public UserContextCodec contexts() {
        return new LongModeContexts(maxUserContext);
    }

    @Override
    public TrapAbi traps() {
        return new LongModeTraps();
    }

    @Override
    public SignalFrames signalFrames() {
        return new LongModeSignalFrames();
    }

    @Override
    public int wordBits() {
        return 64;
    }
}
