// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.vm.map.VmSpace;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which address space each CPU has loaded.
 *
 * <p>A CPU keeps the space of its last user LWP while it idles or runs another LWP of the same process.
 */
@ProviderType
public final class Spaces {
    private final Engine engine;
    private final VmSpace[] loaded;

    Spaces(Engine engine) {
        this.engine = engine;
        this.loaded = new VmSpace[engine.cpuCount()];
    }

    /** Makes a space the loaded one of a CPU; null leaves what is loaded. */
    void load(VmSpace space, Cpu cpu) {
        VmSpace before = loaded[cpu.id()];
        if (space == null || space == before) {
            return;
        }
        if (before != null) {
            before.deactivate(cpu);
        }
        loaded[cpu.id()] = space;
        space.activate(cpu);
    }

    /** Gives up a process's space; called by its last LWP. */
    void drop(Proc p) {
        VmSpace space = p.vmspace;
        p.vmspace = null;
        for (int i = 0; i < loaded.length; i++) {
            if (loaded[i] == space) {
                space.deactivate(engine.cpu(i));
                loaded[i] = null;
            }
        }
        space.free();
    }
}
