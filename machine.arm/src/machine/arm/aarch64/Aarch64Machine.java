// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.aarch64;

import java.util.Map;
import kernel.lwp.machine.Machine;
import machine.arm.v8.ArmV8Machine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;

/** The variant {@code aarch64} of slot {@code machine}: ARMv8.0, without hardware access and dirty management. */
@Component(
        service = Machine.class,
        configurationPid = "machine.aarch64",
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=machine",
            "kernel.variant=" + Aarch64Machine.NAME,
            "kernel.description=64-bit ARM: 4 KiB granule, referenced and modified bits kept by soft faults"
        })
public final class Aarch64Machine extends ArmV8Machine {
    static final String NAME = "aarch64";

    /** The machine; made by the service registry, or directly in tests. */
    public Aarch64Machine() {
        super(false);
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
