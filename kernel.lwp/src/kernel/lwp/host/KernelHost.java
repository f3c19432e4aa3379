// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.kernel.SyscallTable;
import kernel.lwp.proc.TraceListener;
import kernel.vm.hook.ExecMapListener;
import kernel.vm.hook.MapPolicy;
import kernel.vm.hook.VmHooks;
import kernel.vm.syscall.SyscallDescriptor;
import machine.core.slot.VariantSource;
import machine.core.watchdog.HostWatchdog;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Boots kernels in the container and keeps their slots filled while bundles come and go.
 *
 * <p>When the service of an active variant is unregistered, every kernel that uses it is swapped to another variant
 * before the unregistration returns. Configuration: {@code fallback.<slot>=<variant>} names the preferred one, and
 * {@code watchdog.millis} is the host time a callback of a variant may take.
 */
@Component(service = KernelFactory.class)
public final class KernelHost implements KernelFactory {
    private static final String PATIENCE = "watchdog.millis";

    private final SyscallTable calls = Kernel.standardCalls();
    private final Map<SyscallDescriptor, SyscallDescriptor> guests = new ConcurrentHashMap<>();
    private final List<HostedKernel> kernels = new CopyOnWriteArrayList<>();
    private final ServiceVariants variants;
    private final MemoryVariants memory;
    private final VariantWatch watch;
    private final HostWatchdog watchdog;
    private final ServiceRegistration<WeavingHook> safepoints;
    private final HookWatch<MapPolicy> policies;
    private final HookWatch<ExecMapListener> listeners;
    private final HookWatch<TraceListener> tracers;

    /** Starts to follow the services of variants. */
    @Activate
    public KernelHost(BundleContext context, Map<String, Object> properties) throws InvalidSyntaxException {
        variants = new ServiceVariants(context);
        memory = new MemoryVariants(context);
        watch = new VariantWatch(context, variants, kernels, properties);
        safepoints = context.registerService(WeavingHook.class, new SafepointHook(), null);
        watchdog = new HostWatchdog(patience(properties.get(PATIENCE)));
        watch.open();
        policies = new HookWatch<>(context, MapPolicy.class, kernels, (kernel, hook) -> hooks(kernel).add(hook),
                (kernel, hook) -> hooks(kernel).remove(hook));
        listeners = new HookWatch<>(context, ExecMapListener.class, kernels,
                (kernel, hook) -> hooks(kernel).add(hook), (kernel, hook) -> hooks(kernel).remove(hook));
        tracers = new HookWatch<>(context, TraceListener.class, kernels,
                (kernel, tracer) -> kernel.processes().tracing().add(tracer),
                (kernel, tracer) -> kernel.processes().tracing().remove(tracer));
        policies.open();
        listeners.open();
        tracers.open();
    }

    private static VmHooks hooks(Kernel kernel) {
        return kernel.vm().context().hooks();
    }

    private static long patience(Object configured) {
        return configured == null ? HostWatchdog.PATIENCE_MILLIS : Long.parseLong(configured.toString());
    }

    @Override
    public Kernel boot(KernelConfig config) {
        KernelVariants own = new KernelVariants(variants);
        Kernel kernel = Kernel.boot(config, own, calls);
        HostedKernel hosted = new HostedKernel(kernel, own);
        kernels.add(hosted);
        watchdog.add(kernel.engine().watch());
        kernel.whenClosed(() -> closed(hosted));
        watch.recheck(hosted);
        policies.booted(kernel);
        listeners.booted(kernel);
        tracers.booted(kernel);
        return kernel;
    }

    private void closed(HostedKernel hosted) {
        watchdog.remove(hosted.kernel().engine().watch());
        kernels.remove(hosted);
        policies.closed(hosted.kernel());
        listeners.closed(hosted.kernel());
        tracers.closed(hosted.kernel());
    }

    @Override
    public VariantSource variants() {
        return variants;
    }

    @Override
    public SyscallTable syscalls() {
        return calls;
    }

    /** A bundle adds a system call. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCall(SyscallDescriptor call) {
        guests.put(call, calls.addGuest(call));
    }

    /** It goes again. */
    void removeCall(SyscallDescriptor call) {
        SyscallDescriptor added = guests.remove(call);
        if (added != null) {
            calls.remove(added);
        }
    }

    /** Closes what is left. */
    @Deactivate
    void close() {
        for (HostedKernel hosted : kernels) {
            hosted.kernel().close();
        }
        policies.close();
        listeners.close();
        watchdog.close();
        safepoints.unregister();
        tracers.close();
        watch.close();
        memory.unregister();
    }
}
