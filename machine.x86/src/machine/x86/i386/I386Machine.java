// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.i386;

import java.util.Map;
import kernel.lwp.machine.Machine;
import machine.x86.mode.Ia32Machine;
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
public final class I386Machine extends Ia32Machine {
    static final String NAME = "i386";

    /** PSE-36: 4 MiB pages reach 40-bit addresses. */
    private static final int LARGE_PHYSICAL_BITS = 40;

    private static final int PHYSICAL_BITS = 32;

    /** The machine; made by the service registry, or directly in tests. */
    public I386Machine() {
        super(PagingFormat.twoLevels(), new TwoLevelWalker(LARGE_PHYSICAL_BITS), PHYSICAL_BITS, false);
    }

    /** Takes the costs of the configuration; those that a kernel uses already stay until its next swap. */
    @Activate
    @Modified
    void configure(Map<String, Object> properties) {
        costs(properties);
    }

    @Override
    public String name() {
        return NAME;
    }
}
