// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.active;
import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.assertSucceeded;
import static itest.support.Kernels.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import itest.support.Bundles;
import itest.support.ServedProgram;
import itest.workload.Busy;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.VariantInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Programs;

/** Bundles of active variants stop, start, change and are wired anew, hundreds of times, under a busy program. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class SwapChurnIT {
    /** Slices are the finest steps there are: a blow can fall into the middle of any system call or fault. */
    private static final int MAX_SLICES = 400;

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;

    private Bundles bundles;
    /** Class loaders that nothing should keep any more. */
    private final List<WeakReference<ClassLoader>> left = new ArrayList<>();

    /** What can happen to the bundle of an active variant. */
    private enum Blow { STOP, UPDATE, REFRESH, UPDATE_AND_REFRESH, USE_ANOTHER }

    @BeforeEach
    void findBundles() {
        bundles = new Bundles(context);
    }

    @ParameterizedTest
    @CsvSource({"sched, 120", "machine, 120", "lwp, 60", "sched machine lwp, 120"})
    void nothingIsLostBetweenTwoSteps(String slots, int blows) throws Exception {
        AtomicBoolean goOn = new AtomicBoolean(true);
        try (ServedProgram program = new ServedProgram(context, programs, new Busy(goOn::get));
                Kernel kernel = factory.boot(KernelConfig.standard().withCpus(4).withSeed(7))) {
            List<Proc> processes = List.of(program.spawn(kernel), program.spawn(kernel), program.spawn(kernel));
            Random random = new Random(slots.hashCode());
            String[] names = slots.split(" ");
            for (int i = 0; i < blows; i++) {
                int[] left = {1 + random.nextInt(MAX_SLICES)};
                RunOutcome outcome = kernel.run(RunLimit.when(() -> --left[0] <= 0));
                assertEquals(RunOutcome.Reason.CONDITION, outcome.reason(), outcome.message());
                strike(kernel, names[i % names.length], random);
            }
            finish(kernel, goOn, processes);
            assertLoadersCollected();
        }
    }

    @Test
    void nothingIsLostWhileTheKernelRunsInTheBackground() throws Exception {
        AtomicBoolean goOn = new AtomicBoolean(true);
        try (ServedProgram program = new ServedProgram(context, programs, new Busy(goOn::get));
                Kernel kernel = factory.boot(KernelConfig.standard().withCpus(4).withSeed(8))) {
            List<Proc> processes = List.of(program.spawn(kernel), program.spawn(kernel));
            Random random = new Random(8);
            kernel.go(Double.POSITIVE_INFINITY);
            for (int i = 0; i < 60; i++) {
                strike(kernel, List.of("sched", "machine", "lwp").get(i % 3), random);
            }
            kernel.pause();
            finish(kernel, goOn, processes);
            assertLoadersCollected();
        }
    }

    private void strike(Kernel kernel, String slot, Random random) throws Exception {
        String variant = active(kernel, slot);
        Bundle bundle = bundleOf(kernel, slot, variant);
        Blow blow = Blow.values()[random.nextInt(Blow.values().length)];
        switch (blow) {
            case STOP -> {
                try {
                    Bundles.stop(bundle);
                    assertNotNull(active(kernel, slot), "nothing in slot " + slot);
                    assertNotEquals(variant, active(kernel, slot));
                    assertSound(kernel);
                } finally {
                    Bundles.start(bundle);
                }
            }
            case UPDATE -> bundle.update();
            case REFRESH -> refresh(bundle);
            case UPDATE_AND_REFRESH -> {
                bundle.update();
                refresh(bundle);
            }
            case USE_ANOTHER -> use(kernel, slot, another(kernel, slot, variant));
        }
        assertEquals(Bundle.ACTIVE, bundle.getState(), bundle.getSymbolicName());
        assertNotNull(active(kernel, slot), "nothing in slot " + slot + " after " + blow);
        assertSound(kernel);
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        left.add(Bundles.loader(bundle));
        bundles.refresh(bundle);
        assertFalse(left.getLast().refersTo(Bundles.loader(bundle).get()), "refresh made no new class loader");
    }

    private Bundle bundleOf(Kernel kernel, String slot, String variant) {
        return kernel.variants().variants(slot).stream()
                .filter(info -> info.variant().equals(variant))
                .map(bundles::providing)
                .findFirst().orElseThrow();
    }

    private static String another(Kernel kernel, String slot, String variant) {
        return kernel.variants().variants(slot).stream()
                .map(VariantInfo::variant)
                .filter(name -> !name.equals(variant))
                .findFirst().orElseThrow();
    }

    private static void finish(Kernel kernel, AtomicBoolean goOn, List<Proc> processes) {
        goOn.set(false);
        RunOutcome outcome = kernel.run(RunLimit.none());
        assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
        processes.forEach(process -> assertSucceeded(kernel, process));
        assertSound(kernel);
    }

    private void assertLoadersCollected() {
        assertFalse(left.isEmpty());
        assertEquals(List.of(), Bundles.kept(left), "class loaders kept of " + left.size());
    }
}
