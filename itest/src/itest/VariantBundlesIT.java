// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** Bundles of active variants stop, start, update and refresh under a running kernel; nothing is lost. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class VariantBundlesIT {
    private static final int ROUNDS = 100;
    private static final int COLLECTIONS = 50;

    @InjectBundleContext
    BundleContext context;

    @InjectService
    KernelFactory factory;

    private Kernel kernel;
    private TokenRing ring;
    private Proc process;

    @BeforeEach
    void boot() {
        kernel = factory.boot(KernelConfig.standard().withCpus(2).withMemoryBytes(32L << 20));
        ring = new TokenRing(kernel.syscalls());
        process = kernel.spawn(ring, 0, "ring");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private Bundle bundle(String name) {
        return Stream.of(context.getBundles()).filter(b -> b.getSymbolicName().equals(name)).findFirst().orElseThrow();
    }

    /** The bundles that supply variants of a slot. */
    private List<Bundle> providers(String slot) throws InvalidSyntaxException {
        return Stream.of(context.getAllServiceReferences(null, "(kernel.slot=" + slot + ")"))
                .map(ServiceReference::getBundle).distinct().toList();
    }

    private String active(String slot) {
        return kernel.ask(engine -> kernel.slots().find(slot).active());
    }

    private long progress() {
        return kernel.ask(engine -> ring.rounds());
    }

    private void assertSound() {
        assertEquals(List.of(), kernel.checkInvariants());
        assertNull(kernel.engine().panic());
        assertEquals(Proc.State.ACTIVE, process.state());
    }

    private void choose(String slot, String variant) {
        assertTrue(kernel.swap(List.of(new machine.core.slot.SwapRequest(slot, variant))).committed());
    }

    @ParameterizedTest
    @CsvSource({
        "sched, m2, kernel.sched.m2", "machine, amd64, machine.x86.amd64", "lwp, 1.84, kernel.lwp.r184",
        "pageout, twoqueue, kernel.vm.twoqueue"
    })
    void stopAndStartUnderLoad(String slot, String variant, String name) throws Exception {
        choose(slot, variant);
        kernel.go(Double.POSITIVE_INFINITY);
        for (int round = 0; round < ROUNDS; round++) {
            long before = progress();
            bundle(name).stop();
            assertTrue(!variant.equals(active(slot)), () -> slot + " still has " + variant);
            bundle(name).start();
            assertEquals(variant, active(slot));
            assertTrue(kernel.thread().running() && progress() >= before);
        }
        kernel.pause();
        assertSound();
    }

    @ParameterizedTest
    @CsvSource({
        "sched, m2, kernel.sched.m2", "machine, amd64, machine.x86.amd64", "lwp, 1.84, kernel.lwp.r184",
        "pageout, twoqueue, kernel.vm.twoqueue"
    })
    void updateAndRefreshFreeTheOldLoader(String slot, String variant, String name) throws Exception {
        choose(slot, variant);
        kernel.go(Double.POSITIVE_INFINITY);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            loaders.add(new WeakReference<>(bundle(name).adapt(BundleWiring.class).getClassLoader()));
            bundle(name).update();
            refresh(bundle(name));
            assertEquals(variant, active(slot));
        }
        kernel.pause();
        assertSound();
        for (int i = 0; i < COLLECTIONS && loaders.stream().anyMatch(l -> !l.refersTo(null)); i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < loaders.size(); i++) {
            if (!loaders.get(i).refersTo(null)) {
                left.add(i);
            }
        }
        assertEquals(List.of(), left, "updates whose old class loader is left");
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        assertTrue(done.await(60, TimeUnit.SECONDS), "the refresh did not end");
    }

    @Test
    void withoutAnySchedulerTheKernelSaysWhatToStart() throws Exception {
        kernel.run(RunLimit.until(50_000_000));
        List<Bundle> schedulers = providers("sched");
        for (Bundle scheduler : schedulers) {
            scheduler.stop();
        }
        try {
            assertNull(active("sched"));
            RunOutcome outcome = kernel.run(RunLimit.until(100_000_000));
            assertEquals(RunOutcome.Reason.HALTED, outcome.reason());
            assertTrue(outcome.message().contains("kernel.slot=sched"), outcome.message());
        } finally {
            for (Bundle scheduler : schedulers) {
                scheduler.start();
            }
        }
        long before = progress();
        kernel.run(RunLimit.until(200_000_000));
        assertTrue(progress() > before);
        assertSound();
    }
}
