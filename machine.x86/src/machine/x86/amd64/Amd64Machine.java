// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.amd64;

import java.util.Map;
import kernel.lwp.machine.Machine;
import machine.x86.context.LongModeContexts;
import machine.x86.mode.LongModeMachine;
import machine.x86.paging.LongModeWalker;
import machine.x86.paging.PagingFormat;
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
public final class Amd64Machine extends LongModeMachine {
    static final String NAME = "amd64";

    private static final int LEVELS = 4;

    /** MAXPHYADDR of the modelled server processor. */
    private static final int PHYSICAL_BITS = 46;

    private static final long MAX_USER = 0x0000_8000_0000_0000L;

    /** The machine; made by the service registry, or directly in tests. */
    public Amd64Machine() {
        super(PagingFormat.fourLevels(), new LongModeWalker(LEVELS, PHYSICAL_BITS), PHYSICAL_BITS, MAX_USER,
                LongModeContexts.MAX_USER_ADDRESS);
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
