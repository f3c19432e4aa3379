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
import machine.x86.context.I386Contexts;
import machine.x86.context.I386SignalFrames;
import machine.x86.context.I386Traps;
import machine.x86.cost.ServerCosts;
import machine.x86.paging.IpiTlbControl;
import machine.x86.paging.PagingFormat;

/** What the 32-bit x86 machines share: all but the format of the page tables. */
public abstract class Ia32Machine implements Machine {
    private static final long MAX_USER = 0xbfc0_0000L;
    private static final long PAGE = 0x1000;
    private static final long MIB = 1L << 20;

    private final PmapCapabilities capabilities;
    private final PagingFormat format;
    private final Walker walker;
    private final long maxPhysical;
    private CostTable costs = ServerCosts.untagged();

    /**
     * A machine.
     *
     * @param format of its page tables
     * @param walker that reads them
     * @param physicalBits of the address of a base page
     * @param noExecute whether they can forbid execution
     */
    protected Ia32Machine(PagingFormat format, Walker walker, int physicalBits, boolean noExecute) {
        this.format = format;
        this.walker = walker;
        this.maxPhysical = 1L << physicalBits;
        this.capabilities = new PmapCapabilities(noExecute, true, false, true, true, 32);
    }

    /** Takes the costs of a configuration. */
    protected final void costs(Map<String, Object> properties) {
        costs = ServerCosts.untagged().configured(properties);
    }

    /** FreeBSD sys/i386/include/vmparam.h from before user and kernel had 4 GiB each: user space ends below the page
     * tables. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(0, MAX_USER, MAX_USER - PAGE, 128 * MIB, 512 * MIB, 8 * MIB, 64 * MIB, 128 * MIB,
                maxPhysical);
    }

    @Override
    public CostTable costs() {
        return costs;
    }

    /** The second-level TLB of a Skylake-class server, which has no tags outside of 64-bit mode. */
    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(1536, 12, 32, false);
    }

    @Override
    public Walker walker() {
        return walker;
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new RadixPmapModule(host, format, IpiTlbControl.untagged(host), capabilities,
                MAX_USER);
    }

    @Override
    public UserContextCodec contexts() {
        return new I386Contexts();
    }

    @Override
    public TrapAbi traps() {
        return new I386Traps();
    }

    @Override
    public SignalFrames signalFrames() {
        return new I386SignalFrames();
    }

    @Override
    public int wordBits() {
        return 32;
    }
}
