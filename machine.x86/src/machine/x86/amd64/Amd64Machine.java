// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.amd64;

import java.util.Map;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.UserContextCodec;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import machine.x86.context.LongModeContexts;
import machine.x86.cost.ServerCosts;
import machine.x86.paging.IpiTlbControl;
import machine.x86.paging.PagingFormat;
import machine.x86.paging.LongModeWalker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;

/** The variant {@code amd64} of slot {@code machine}. */
@Component(
        service = Machine.class,
        configurationPid = "machine.amd64",
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=machine",
            "kernel.variant=" + Amd64Machine.NAME,
            "kernel.description=64-bit x86: 4-level page tables, referenced and modified bits set by hardware"
        })
public final class Amd64Machine implements Machine {
    static final String NAME = "amd64";

    private static final int LEVELS = 4;

    /** MAXPHYADDR of the modelled server processor. */
    private static final int PHYSICAL_BITS = 46;

    private static final long MAX_USER = 0x0000_8000_0000_0000L;
    private static final long PAGE = 0x1000;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static final PmapCapabilities CAPABILITIES =
            new PmapCapabilities(true, true, false, true, true, 64);

    private CostTable costs = ServerCosts.defaults();

    /** Takes the costs of the configuration; those that a kernel uses already stay until its next swap. */
    @Activate
    @Modified
    void configure(Map<String, Object> properties) {
        costs = ServerCosts.defaults().configured(properties);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** FreeBSD sys/amd64/include/vmparam.h, 48-bit user maps. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(0, MAX_USER, MAX_USER - PAGE, 32 * GIB, 32 * GIB, 8 * MIB, 512 * MIB, 32 * GIB);
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
        return new LongModeWalker(LEVELS, PHYSICAL_BITS);
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new RadixPmapModule(host, PagingFormat.fourLevels(), IpiTlbControl.tagged(host), CAPABILITIES, MAX_USER);
    }

    @Override
    public UserContextCodec contexts() {
        return new LongModeContexts(LongModeContexts.MAX_USER_ADDRESS);
    }

    @Override
    public boolean hardwareReferenced() {
        return true;
    }

    @Override
    public boolean hardwareModified() {
        return true;
    }

    @Override
    public int wordBits() {
        return 64;
    }
}
