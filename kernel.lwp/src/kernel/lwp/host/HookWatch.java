// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import kernel.lwp.kernel.Kernel;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Follows the hook services of one type, and gives every kernel an object of each.
 *
 * <p>Works in the thread that registers or unregisters the service and waits for the engine threads, so that after
 * {@code bundle.stop()} no kernel refers to the bundle.
 *
 * @param <T> the type of the hooks
 */
final class HookWatch<T> extends ServiceTracker<T, Map<Kernel, T>> {
    private final List<HostedKernel> kernels;
    private final BiConsumer<Kernel, T> add;
    private final BiConsumer<Kernel, T> remove;

    HookWatch(BundleContext context, Class<T> type, List<HostedKernel> kernels, BiConsumer<Kernel, T> add,
            BiConsumer<Kernel, T> remove) {
        super(context, type, null);
        this.kernels = kernels;
        this.add = add;
        this.remove = remove;
    }

    @Override
    public synchronized Map<Kernel, T> addingService(ServiceReference<T> reference) {
        Map<Kernel, T> hooks = new HashMap<>();
        for (HostedKernel hosted : kernels) {
            give(reference, hooks, hosted.kernel());
        }
        return hooks;
    }

    /** Gives a new kernel an object of every service. */
    synchronized void booted(Kernel kernel) {
        getTracked().forEach((reference, hooks) -> give(reference, hooks, kernel));
    }

    private void give(ServiceReference<T> reference, Map<Kernel, T> hooks, Kernel kernel) {
        ServiceObjects<T> objects = context.getServiceObjects(reference);
        T hook = objects == null || hooks.containsKey(kernel) ? null : objects.getService();
        if (hook != null && change(kernel, () -> add.accept(kernel, hook))) {
            hooks.put(kernel, hook);
        }
    }

    /** A kernel is closed; its objects go back. */
    synchronized void closed(Kernel kernel) {
        getTracked().forEach((reference, hooks) -> giveBack(reference, hooks.remove(kernel)));
    }

    @Override
    public synchronized void removedService(ServiceReference<T> reference, Map<Kernel, T> hooks) {
        hooks.forEach((kernel, hook) -> {
            change(kernel, () -> remove.accept(kernel, hook));
            giveBack(reference, hook);
        });
        hooks.clear();
    }

    private void giveBack(ServiceReference<T> reference, T hook) {
        ServiceObjects<T> objects = hook == null ? null : context.getServiceObjects(reference);
        if (objects != null) {
            objects.ungetService(hook);
        }
    }

    /** Changes the hooks of a kernel at a safe point; false if it is closed by now. */
    private static boolean change(Kernel kernel, Runnable what) {
        try {
            kernel.ask(engine -> {
                what.run();
                return null;
            });
            return true;
        } catch (IllegalStateException closed) {
            return false;
        }
    }
}
