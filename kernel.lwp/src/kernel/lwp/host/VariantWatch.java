// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import machine.core.slot.SwapReport;
import machine.core.slot.VariantInfo;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Follows the services of variants, and swaps kernels away from those that go and back to those that return.
 *
 * <p>Works in the thread that registers or unregisters the service and waits for the engine threads, so that after
 * {@code bundle.stop()} no kernel refers to the bundle.
 */
final class VariantWatch extends ServiceTracker<Object, ServiceReference<Object>> {
    private static final int PATIENCE_SECONDS = 30;
    private static final String FALLBACK = "fallback.";
    private static final System.Logger LOG = System.getLogger(VariantWatch.class.getName());

    private final ServiceVariants variants;
    private final List<HostedKernel> kernels;
    private final Map<String, Object> properties;

    VariantWatch(BundleContext context, ServiceVariants variants, List<HostedKernel> kernels,
            Map<String, Object> properties) throws InvalidSyntaxException {
        super(context, context.createFilter("(&(" + ServiceVariants.SLOT + "=*)(" + ServiceVariants.VARIANT + "=*))"),
                null);
        this.variants = variants;
        this.kernels = kernels;
        this.properties = properties;
    }

    @Override
    public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
        variants.add(reference);
        String slot = ServiceVariants.slot(reference);
        String variant = ServiceVariants.variant(reference);
        for (HostedKernel hosted : kernels) {
            if (wants(hosted, slot, variant)) {
                inKernel(hosted, slot, List.of(variant), () -> hosted.kernel().offer(slot, variant));
            }
        }
        return reference;
    }

    @Override
    public void removedService(ServiceReference<Object> reference, ServiceReference<Object> same) {
        variants.remove(reference);
        for (HostedKernel hosted : kernels) {
            if (hosted.variants().uses(reference)) {
                replace(hosted, ServiceVariants.slot(reference));
            }
        }
    }

    private void replace(HostedKernel hosted, String slot) {
        List<String> candidates = candidates(hosted, slot);
        inKernel(hosted, slot, candidates, () -> hosted.kernel().replace(slot, candidates));
    }

    /** Replaces what went away while the kernel booted and was not known here. */
    void recheck(HostedKernel hosted) {
        hosted.variants().vanished().forEach(slot -> replace(hosted, slot));
    }

    private static boolean wants(HostedKernel hosted, String slot, String variant) {
        try {
            return hosted.kernel().wants(slot, variant);
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    /** Swaps, with instances got and given back by this thread. */
    private void inKernel(HostedKernel hosted, String slot, List<String> names, Change change) {
        hosted.variants().stock(slot, names);
        try {
            SwapReport report = change.make().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (report != null && !report.committed()) {
                LOG.log(System.Logger.Level.WARNING, "slot {0}: {1}", slot, report.outcome());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException stuck) {
            LOG.log(System.Logger.Level.ERROR, "slot {0}: the kernel did not come to a safe point within {1} s",
                    slot, PATIENCE_SECONDS);
        } catch (ExecutionException failed) {
            LOG.log(System.Logger.Level.WARNING, "slot {0}: {1}", slot, failed.getCause());
        } finally {
            hosted.variants().emptyBin();
        }
    }

    /** Who may take over: what was chosen, what was chosen before that, the configured fallback, then anything. */
    private List<String> candidates(HostedKernel hosted, String slot) {
        List<String> wanted = new ArrayList<>();
        wanted.add(hosted.kernel().choices().chosen(slot));
        wanted.add(hosted.kernel().choices().previous(slot));
        wanted.add((String) properties.get(FALLBACK + slot));
        List<String> present = variants.variants(slot).stream().map(VariantInfo::variant).toList();
        wanted.addAll(present);
        return wanted.stream().distinct().filter(present::contains).toList();
    }

    /** A change of a slot. */
    private interface Change {
        Future<SwapReport> make();
    }
}
