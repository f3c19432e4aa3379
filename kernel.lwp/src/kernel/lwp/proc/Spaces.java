// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.vm.map.VmSpace;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which address space each CPU has loaded.
 *
 * <p>A CPU keeps the space of its last user LWP while it idles or runs a kernel task; the space is told that it rests
 * there.
 */
@ProviderType
public final class Spaces {
    private final Engine engine;
    private final VmSpace[] loaded;
    private final boolean[] resting;

    Spaces(Engine engine) {
        this.engine = engine;
        this.loaded = new VmSpace[engine.cpuCount()];
        this.resting = new boolean[engine.cpuCount()];
    }

    /** Makes a space the loaded one of a CPU; null leaves what is loaded. */
    void load(VmSpace space, Cpu cpu) {
        VmSpace before = loaded[cpu.id()];
        if (space == null) {
            return;
        }
        if (space == before) {
            resume(space, cpu);
            return;
        }
        if (before != null) {
            before.deactivate(cpu);
        }
        loaded[cpu.id()] = space;
        resting[cpu.id()] = false;
        space.activate(cpu);
    }

    private void resume(VmSpace space, Cpu cpu) {
        if (resting[cpu.id()]) {
            resting[cpu.id()] = false;
            space.resume(cpu);
        }
    }

    /** A CPU goes on without user code. */
    void rest(Cpu cpu) {
        VmSpace space = loaded[cpu.id()];
        if (space != null) {
            resting[cpu.id()] = true;
            space.rest(cpu);
        }
    }

    /** Gives up a process's space; called by its last LWP. */
    void drop(Proc p) {
        VmSpace space = p.vmspace;
        p.vmspace = null;
        for (int i = 0; i < loaded.length; i++) {
            if (loaded[i] == space) {
                space.deactivate(engine.cpu(i));
                loaded[i] = null;
                resting[i] = false;
            }
        }
        space.free();
    }
}
