// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.List;
import java.util.Set;
import kernel.lwp.machine.Machine;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.policy.Scheduler;
import kernel.vm.map.MapIndexKind;
import kernel.vm.pageout.PageoutPolicy;
import machine.core.watchdog.Overdue;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Gives the classes of variants safepoints when they are loaded.
 *
 * <p>A bundle is known by its manifest: it says that it provides the service of a slot whose callbacks are guarded. All
 * its classes get them, those of other bundles that it uses do not. One that says {@code Kernel-Safepoints: none} gets
 * none: rewriting takes time when it is loaded, and the variants of the workbench are known to come back.
 *
 * <p>{@link KernelHost} registers it. It is no component: the framework asks for it while it loads the class of one.
 */
final class SafepointHook implements WeavingHook {
    private static final String HEADER = "Kernel-Safepoints";
    private static final String NONE = "none";
    private static final Set<String> GUARDED = Set.of(Scheduler.class.getName(), PageoutPolicy.class.getName(),
            MapIndexKind.class.getName(), Machine.class.getName(), LwpRevision.class.getName());
    private static final System.Logger LOG = System.getLogger(SafepointHook.class.getName());

    @Override
    public void weave(WovenClass woven) {
        BundleWiring wiring = woven.getBundleWiring();
        if (!providesVariant(wiring) || NONE.equals(wiring.getBundle().getHeaders("").get(HEADER))) {
            return;
        }
        try {
            woven.setBytes(Safepoints.into(woven.getBytes(), wiring.getClassLoader()));
            woven.getDynamicImports().add(Overdue.class.getPackageName());
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the host watchdog cannot interrupt " + woven.getClassName() + " of "
                    + wiring.getBundle().getSymbolicName(), unreadable);
        }
    }

    private static boolean providesVariant(BundleWiring wiring) {
        for (BundleCapability service : wiring.getCapabilities("osgi.service")) {
            if (names(service.getAttributes().get("objectClass")).stream().anyMatch(GUARDED::contains)) {
                return true;
            }
        }
        return false;
    }

    private static List<?> names(Object objectClass) {
        return objectClass instanceof List<?> list ? list : List.of(String.valueOf(objectClass));
    }
}
