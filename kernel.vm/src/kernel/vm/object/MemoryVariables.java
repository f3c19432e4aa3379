// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import kernel.sched.policy.Tunable;
import org.osgi.annotation.versioning.ProviderType;

/** {@link VmTunables} by the names that sysctl has for them. Engine thread only. */
@ProviderType
public final class MemoryVariables {
    private final List<Variable> all;

    private record Variable(String name, LongSupplier get, LongConsumer set, int least, int most, String description) {
        Tunable show() {
            return new Tunable(name, (int) Math.min(Integer.MAX_VALUE, get.getAsLong()), least, most, description);
        }
    }

    MemoryVariables(VmTunables t, int frames) {
        all = List.of(
                new Variable("kern.ipc.shm_use_phys", () -> t.physicalSharedMemory() ? 1 : 0,
                        v -> t.physicalSharedMemory(v != 0), 0, 1, "memory files get memory that is never paged"),
                new Variable("security.bsd.stack_guard_page", t::stackGuardPages, v -> t.stackGuardPages((int) v), 0, 64,
                        "pages at the end of a stack that are never used"),
                new Variable("vm.max_proc_mmap", t::maxProcMmap, t::maxProcMmap, 0, Integer.MAX_VALUE,
                        "most map entries of a process; 0 for no limit"),
                new Variable("vm.max_wired", t::maxWired, t::maxWired, 0, frames, "most pages that mlock may have wired"),
                new Variable("vm.pmap.pg_ps_enabled", () -> t.superpages() ? 1 : 0, v -> t.superpages(v != 0), 0, 1,
                        "anonymous memory gets frames that may become superpages"),
                new Variable("vm.swap_enabled", () -> t.swapsOut() ? 1 : 0, v -> t.swapsOut(v != 0), 0, 1,
                        "idle processes lose their pages while memory is short"),
                new Variable("vm.swap_idle_threshold1", t::swapIdleSeconds, v -> t.swapIdleSeconds((int) v), 1, 3600,
                        "seconds of sleep after which a process is idle"));
    }

    /** What they are now, in order of their names. */
    public List<Tunable> list() {
        return all.stream().map(Variable::show).toList();
    }

    /** Whether there is one of that name. */
    public boolean has(String name) {
        return all.stream().anyMatch(v -> v.name.equals(name));
    }

    /**
     * Sets one.
     *
     * @throws IllegalArgumentException if there is none of that name, or it cannot have that value
     */
    public void set(String name, int value) {
        Variable variable = all.stream().filter(v -> v.name.equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("there is no " + name));
        if (value < variable.least || value > variable.most) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; give " + variable.least + " to " + variable.most);
        }
        variable.set.accept(value);
    }
}
