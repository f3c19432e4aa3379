// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.i386;

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
import machine.x86.context.I386Contexts;
import machine.x86.cost.ServerCosts;
import machine.x86.paging.IpiTlbControl;
import machine.x86.paging.PagingFormat;
import machine.x86.paging.TwoLevelWalker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;

/** The variant {@code i386} of slot {@code machine}: 32-bit paging. */
@Component(
        service = Machine.class,
        configurationPid = "machine.i386",
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=machine",
            "kernel.variant=" + I386Machine.NAME,
            "kernel.description=32-bit x86: 2-level page tables, no NX; referenced and modified bits set by hardware"
        })
public final class I386Machine implements Machine {
    static final String NAME = "i386";

    /** PSE-36: 4 MiB pages reach 40-bit addresses. */
    private static final int PHYSICAL_BITS = 40;

    private static final long MAX_USER = 0xbfc0_0000L;
    private static final long PAGE = 0x1000;
    private static final long MIB = 1L << 20;

    private static final PmapCapabilities CAPABILITIES =
            new PmapCapabilities(false, true, false, true, true, 32);

    private CostTable costs = ServerCosts.untagged();

    /** Takes the costs of the configuration; those that a kernel uses already stay until its next swap. */
    @Activate
    @Modified
    void configure(Map<String, Object> properties) {
        costs = ServerCosts.untagged().configured(properties);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** FreeBSD sys/i386/include/vmparam.h from before user and kernel had 4 GiB each: user space ends below the page
     * tables. */
    @Override
    public MachineLimits limits() {
        return new MachineLimits(0, MAX_USER, MAX_USER - PAGE, 128 * MIB, 512 * MIB, 8 * MIB, 64 * MIB, 128 * MIB);
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
        return new TwoLevelWalker(PHYSICAL_BITS);
    }

    @Override
    public PmapModule pmapModule(PmapHost host) {
        return new RadixPmapModule(host, PagingFormat.twoLevels(), IpiTlbControl.untagged(host), CAPABILITIES,
                MAX_USER);
    }

    @Override
    public UserContextCodec contexts() {
        return new I386Contexts();
    }

    @Override
    public boolean hardwareReferenced() {
        return CAPABILITIES.hardwareReferenced();
    }

    @Override
    public boolean hardwareModified() {
        return CAPABILITIES.hardwareModified();
    }

    @Override
    public int wordBits() {
        return 32;
    }
}
