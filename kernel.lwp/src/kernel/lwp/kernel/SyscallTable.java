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
    private final AtomicReference<Calls> calls = new AtomicReference<>(new Calls(new TreeMap<>(), new TreeMap<>()));

    /**
     * Adds a call.
     *
     * @throws IllegalArgumentException if its name or number is taken
     */
    public void add(SyscallDescriptor call) {
        addAll(List.of(call));
    }

    /**
     * Adds a call that a bundle brought: when its handler throws, the caller gets ENOSYS.
     *
     * @return what is in the table, for {@link #remove}
     * @throws IllegalArgumentException if its name or number is taken
     */
    public SyscallDescriptor addGuest(SyscallDescriptor call) {
        SyscallDescriptor guarded = GuestHandler.guarded(call);
        add(guarded);
        return guarded;
    }

    /**
     * Adds several calls, or none.
     *
     * @throws IllegalArgumentException if a name or number is taken
     */
    public void addAll(List<SyscallDescriptor> more) {
        calls.updateAndGet(before -> {
            Calls after = before.copy();
            more.forEach(after::add);
            return after;
        });
    }

    /** Removes a call; does nothing if that very descriptor is not in the table. */
    public void remove(SyscallDescriptor call) {
        calls.updateAndGet(before -> {
            if (before.byName.get(call.name()) != call) {
                return before;
            }
            Calls after = before.copy();
            after.remove(call);
            return after;
        });
    }

    /** The call of that name, or null. */
    public SyscallDescriptor find(String name) {
        return calls.get().byName.get(name);
    }

    /** The call of that number, or null. */
    public SyscallDescriptor find(Abi abi, int number) {
        return calls.get().byNumber.get(key(abi, number));
    }

    /** All calls, sorted by name. */
    public List<SyscallDescriptor> all() {
        return List.copyOf(calls.get().byName.values());
    }

    private static long key(Abi abi, int number) {
        return (long) abi.ordinal() << Integer.SIZE | Integer.toUnsignedLong(number);
    }

    /** The table at one time; not changed once it is in use. */
    private record Calls(TreeMap<String, SyscallDescriptor> byName, TreeMap<Long, SyscallDescriptor> byNumber) {
        Calls copy() {
            return new Calls(new TreeMap<>(byName), new TreeMap<>(byNumber));
        }

        void add(SyscallDescriptor call) {
            SyscallDescriptor taken = byName.putIfAbsent(call.name(), call);
            if (taken == null) {
                taken = byNumber.putIfAbsent(key(call.abi(), call.number()), call);
            }
            if (taken != null) {
                throw new IllegalArgumentException("system call " + call.name() + " (" + call.abi() + " "
                        + call.number() + ") clashes with " + taken.name() + " (" + taken.abi() + " "
                        + taken.number() + "); choose another name or number");
            }
        }

        void remove(SyscallDescriptor call) {
            byName.remove(call.name());
            byNumber.remove(key(call.abi(), call.number()));
        }
    }
}
