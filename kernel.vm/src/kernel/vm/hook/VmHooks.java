// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.hook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kernel.vm.file.Vnode;
import kernel.vm.syscall.Caller;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Overdue;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The hooks of one kernel, in the order of their names. Engine thread only; they change at safe points.
 *
 * <p>This is the only place that enters their code, so that no frame of an LWP that sleeps refers to it.
 */
@Guard
@ProviderType
public final class VmHooks {
    private final List<MapPolicy> policies = new ArrayList<>();
    private final List<ExecMapListener> listeners = new ArrayList<>();
    private final BiConsumer<String, Throwable> failures;

    /** No hooks; {@code failures} is told who threw what, or did not come back, and is dropped. */
    public VmHooks(BiConsumer<String, Throwable> failures) {
        this.failures = Objects.requireNonNull(failures, "failures");
    }

    /** Adds a policy. */
    public void add(MapPolicy policy) {
        policies.add(policy);
        policies.sort(Comparator.comparing(MapPolicy::name));
    }

    /** Removes a policy, if it is still there. */
    public void remove(MapPolicy policy) {
        policies.removeIf(each -> each == policy);
    }

    /** Adds a listener. */
    public void add(ExecMapListener listener) {
        listeners.add(listener);
        listeners.sort(Comparator.comparing(ExecMapListener::name));
    }

    /** Removes a listener, if it is still there. */
    public void remove(ExecMapListener listener) {
        listeners.removeIf(each -> each == listener);
    }

    /** The names of all hooks, policies first; for listings. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        policies.forEach(policy -> names.add(policy.name()));
        listeners.forEach(listener -> names.add(listener.name()));
        return names;
    }

    /** Asks the policies; the first refusal, or 0. */
    public int checkMap(Caller caller, Vnode vnode, int prot, int flags) {
        for (int i = 0; i < policies.size(); i++) {
            MapPolicy policy = policies.get(i);
            try {
                int error = policy.checkMap(caller, vnode, prot, flags);
                if (error != 0) {
                    return error;
                }
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue thrown) {
                policies.remove(i--);
                failures.accept("policy " + nameOf(policy::name), thrown);
            }
        }
        return 0;
    }

    /** Whether anybody wants to know of code. */
    public boolean listens() {
        return !listeners.isEmpty();
    }

    /** Tells the listeners that code was mapped. */
    public void mapped(Caller caller, Vnode vnode, long address) {
        tell(listener -> listener.mapped(caller, vnode, address));
    }

    /** Tells the listeners that code is going. */
    public void unmapping(Caller caller, long address, long sizeBytes) {
        tell(listener -> listener.unmapping(caller, address, sizeBytes));
    }

    private void tell(Consumer<ExecMapListener> message) {
        for (int i = 0; i < listeners.size(); i++) {
            ExecMapListener listener = listeners.get(i);
            try {
                message.accept(listener);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue thrown) {
                listeners.remove(i--);
                failures.accept("listener " + nameOf(listener::name), thrown);
            }
        }
    }

    private static String nameOf(java.util.function.Supplier<String> name) {
        try {
            return name.get();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue broken) {
            return "without a name";
        }
    }
}
