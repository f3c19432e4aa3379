// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import itest.plugin.Fault;
import itest.plugin.Misbehaving;
import itest.plugin.MisbehavingVariants;
import java.io.InputStream;
import java.util.Map;
import kernel.lwp.machine.Machine;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.policy.Scheduler;
import kernel.vm.map.MapIndexKind;
import kernel.vm.pageout.PageoutPolicy;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A bundle with a variant {@code bad} of one slot, as long as a test needs it. */
public final class BadVariant implements AutoCloseable {
    private static final String PLUGIN = "itest.plugin.bad";
    private static final Map<String, String> SHIPPED = Map.of("sched", Scheduler.class.getName() + " sched m2",
            "pageout", PageoutPolicy.class.getName() + " pageout clock",
            "mapindex", MapIndexKind.class.getName() + " mapindex rbtree",
            "machine", Machine.class.getName() + " machine amd64", "lwp", LwpRevision.class.getName() + " lwp 1.84");

    private final Bundle bundle;

    /** @param fault see {@link Fault#PROPERTY} */
    public BadVariant(BundleContext context, String slot, String fault) throws Exception {
        System.setProperty(Fault.PROPERTY, fault);
        String type = SHIPPED.get(slot).split(" ")[0];
        PluginJar jar = new PluginJar(PLUGIN, "1.0.0", "org.osgi.framework," + type.substring(0, type.lastIndexOf('.')))
                .withHeader(MisbehavingVariants.HEADER, SHIPPED.get(slot))
                .providing(type)
                .with(Misbehaving.class).with(Fault.class)
                .with(Class.forName("itest.plugin.Mischief"))
                .with(Class.forName(MisbehavingVariants.class.getName() + "$Instances"))
                .withActivator(MisbehavingVariants.class);
        try (InputStream in = jar.open()) {
            bundle = context.installBundle(PLUGIN, in);
        }
        bundle.start();
    }

    public Bundle bundle() {
        return bundle;
    }

    @Override
    public void close() throws BundleException {
        System.clearProperty(Fault.PROPERTY);
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
    }
}
