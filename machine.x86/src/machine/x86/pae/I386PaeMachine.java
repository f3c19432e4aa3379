// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.pae;

import java.util.Map;
import kernel.lwp.machine.Machine;
import machine.x86.mode.Ia32Machine;
import machine.x86.paging.PaeWalker;
import machine.x86.paging.PagingFormat;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;

/** The variant {@code i386-pae} of slot {@code machine}: PAE paging. */
@Component(
        service = Machine.class,
        configurationPid = "machine.i386-pae",
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=machine",
            "kernel.variant=" + I386PaeMachine.NAME,
            "kernel.description=32-bit x86 with PAE: 3-level page tables, NX; referenced and modified bits set by hardware"
        })
public final class I386PaeMachine extends Ia32Machine {
    static final String NAME = "i386-pae";

    /** MAXPHYADDR of the modelled processor in this mode. */
    private static final int PHYSICAL_BITS = 36;

    /** The machine; made by the service registry, or directly in tests. */
    public I386PaeMachine() {
        super(PagingFormat.pae(), new PaeWalker(PHYSICAL_BITS), PHYSICAL_BITS, true);
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
