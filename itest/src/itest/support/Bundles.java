// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import machine.core.slot.VariantInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of the framework, and what is done to them while kernels run. */
public final class Bundles {
    private static final int COLLECTIONS = 100;

    private final BundleContext context;

    public Bundles(BundleContext context) {
        this.context = context;
    }

    /** All bundles that can be started. */
    public List<Bundle> startable() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .toList();
    }

    public Bundle named(String symbolicName) {
        return Stream.of(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
    }

    /** The bundle that a variant comes from. */
    public Bundle providing(VariantInfo variant) {
        return named(variant.bundle().split(" ")[0]);
    }

    public static void stop(Bundle... bundles) throws BundleException {
        for (Bundle bundle : bundles) {
            bundle.stop(Bundle.STOP_TRANSIENT);
        }
    }

    public static void start(Bundle... bundles) throws BundleException {
        for (Bundle bundle : bundles) {
            bundle.start(Bundle.START_TRANSIENT);
        }
    }

    /** Wires a bundle anew, and returns when the framework has done it. */
    public void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        wiring.refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        refreshed.await();
    }

    /** The class loader that a bundle has now, without keeping it. */
    public static WeakReference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    /** Those of the objects that something keeps, after as many collections as it takes, up to a bound. */
    public static List<String> kept(List<? extends WeakReference<?>> references) {
        for (int i = 0; i < COLLECTIONS && references.stream().anyMatch(reference -> !reference.refersTo(null)); i++) {
            System.gc();
        }
        return references.stream().map(WeakReference::get).filter(Objects::nonNull).map(Object::toString).toList();
    }
}
