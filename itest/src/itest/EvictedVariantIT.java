// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.active;
import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.use;
import static org.junit.jupiter.api.Assertions.assertEquals;

import itest.support.Bundles;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import machine.core.slot.VariantInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** A variant that was evicted gets another chance when its bundle is started again. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class EvictedVariantIT {
    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;

    private static boolean evicted(Kernel kernel) {
        return kernel.ask(engine -> kernel.evicted("sched", "m2"));
    }

    @Test
    void aBundleThatComesAnewIsForgivenAndTakesNoSlot() throws Exception {
        VariantInfo m2 = factory.variants().variants("sched").stream().filter(v -> v.variant().equals("m2")).findFirst()
                .orElseThrow();
        Bundle bundle = new Bundles(context).providing(m2);
        try (Kernel kernel = factory.boot(KernelConfig.standard().withSched("m2").withSeed(5))) {
            kernel.act("evict sched", engine -> {
                kernel.slots().find("sched").guard().dismiss();
                return null;
            });
            use(kernel, "sched", "4bsd");
            assertEquals(true, evicted(kernel));
            Bundles.stop(bundle);
            assertEquals(true, evicted(kernel));
            Bundles.start(bundle);
            assertEquals(false, evicted(kernel));
            assertEquals("4bsd", active(kernel, "sched"));
            assertSound(kernel);
        }
    }
}
