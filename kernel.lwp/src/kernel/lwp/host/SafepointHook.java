// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import machine.core.watchdog.Overdue;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Gives the classes of plug-ins safepoints when they are loaded.
 *
 * <p>A plug-in is a bundle that is wired to a package of the workbench: variants, programs, system calls and commands
 * all are. Libraries that it uses get none. One that says {@code Kernel-Safepoints: none} gets none either: rewriting takes
 * time when it is loaded, and the bundles of the workbench are known to come back.
 *
 * <p>{@link KernelHost} registers it. It is no component: the framework asks for it while it loads the class of one.
 */
final class SafepointHook implements WeavingHook {
    private static final String HEADER = "Kernel-Safepoints";
    private static final String NONE = "none";
    private static final List<String> FLOORS = List.of("machine.", "kernel.", "userland.", "shell.");
    private static final System.Logger LOG = System.getLogger(SafepointHook.class.getName());

    /** Asked for each class that any bundle loads. */
    private final Map<BundleWiring, Boolean> plugins = new WeakHashMap<>();

    @Override
    public void weave(WovenClass woven) {
        BundleWiring wiring = woven.getBundleWiring();
        if (!isPlugin(wiring)) {
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

    private boolean isPlugin(BundleWiring wiring) {
        synchronized (plugins) {
            return plugins.computeIfAbsent(wiring, asked -> usesWorkbench(asked)
                    && !NONE.equals(asked.getBundle().getHeaders("").get(HEADER)));
        }
    }

    private static boolean usesWorkbench(BundleWiring wiring) {
        for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            String name = (String) wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
            if (FLOORS.stream().anyMatch(name::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
