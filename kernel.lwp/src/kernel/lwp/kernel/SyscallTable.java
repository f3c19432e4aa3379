// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.SyscallDescriptor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The system calls there are, by name and by number.
 *
 * <p>Several kernels may share one table, and bundles add and remove calls at any time from any thread; a reader
 * sees the table before or after a change, never half of it.
 */
@ProviderType
public final class SyscallTable {
    private final AtomicReference<TreeMap<String, SyscallDescriptor>> byName =
            new AtomicReference<>(new TreeMap<>());

    /**
     * Adds a call.
     *
     * @throws IllegalArgumentException if its name or number is taken
     */
    public void add(SyscallDescriptor call) {
        for (;;) {
            TreeMap<String, SyscallDescriptor> before = byName.get();
            SyscallDescriptor taken = before.get(call.name());
            if (taken == null) {
                taken = find(call.abi(), call.number());
            }
            if (taken != null) {
                throw new IllegalArgumentException("system call " + call.name() + " (" + call.abi() + " "
                        + call.number() + ") clashes with " + taken.name() + " (" + taken.abi() + " "
                        + taken.number() + "); choose another name or number");
            }
            TreeMap<String, SyscallDescriptor> after = new TreeMap<>(before);
            after.put(call.name(), call);
            if (byName.compareAndSet(before, after)) {
                return;
            }
        }
    }

    /** Adds several calls. */
    public void addAll(List<SyscallDescriptor> calls) {
        calls.forEach(this::add);
    }

    /** Removes a call; does nothing if that very descriptor is not in the table. */
    public void remove(SyscallDescriptor call) {
        byName.updateAndGet(before -> {
            if (before.get(call.name()) != call) {
                return before;
            }
            TreeMap<String, SyscallDescriptor> after = new TreeMap<>(before);
            after.remove(call.name());
            return after;
        });
    }

    /** The call of that name, or null. */
    public SyscallDescriptor find(String name) {
        return byName.get().get(name);
    }

    /** The call of that number, or null. */
    public SyscallDescriptor find(Abi abi, int number) {
        for (SyscallDescriptor call : byName.get().values()) {
            if (call.abi() == abi && call.number() == number) {
                return call;
            }
        }
        return null;
    }

    /** All calls, sorted by name. */
    public List<SyscallDescriptor> all() {
        return List.copyOf(byName.get().values());
    }
}
