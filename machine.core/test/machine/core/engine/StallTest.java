// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import machine.core.context.ContextHost;
import machine.core.context.ContextHosts;
import machine.core.watchdog.HostWatchdog;
import machine.core.watchdog.Overdue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code outside of any callback that does not let its kernel get on; the safepoints are what weaving puts into a loop. */
@Timeout(60)
class StallTest {
    private static final int PATIENCE = 12;

    private final HostWatchdog watchdog = HostWatchdog.driven();

    static Stream<ContextHost> hosts() {
        return Stream.of(ContextHosts.preferred(), ContextHosts.virtualThread());
    }

    private ToyKernel kernel(ContextHost host) {
        ToyKernel kernel = new ToyKernel(1, 3, 0, host);
        watchdog.add(kernel.engine.watch());
        return kernel;
    }

    private void loop() {
        while (true) {
            watchdog.look();
            Overdue.poll();
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aContextThatLoopsIsInterruptedAndMayCatchIt(ContextHost host) {
        ToyKernel kernel = kernel(host);
        AtomicInteger caught = new AtomicInteger();
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            thread.call(engine -> kernel.spawn(() -> {
                kernel.compute(100);
                try {
                    loop();
                } catch (Overdue overdue) {
                    kernel.engine.watch().recoverFromStall();
                    caught.incrementAndGet();
                }
                Overdue.poll();
                kernel.sleep(1_000);
                kernel.exit();
            }));
            assertEquals(RunOutcome.Reason.QUIESCENT, thread.run(RunLimit.none()).reason());
            assertEquals("1 1", caught + " " + kernel.exits);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whoCatchesNothingPanics(ContextHost host) {
        ToyKernel kernel = kernel(host);
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            thread.call(engine -> kernel.spawn(this::loop));
            assertEquals(RunOutcome.Reason.PANICKED, thread.run(RunLimit.none()).reason());
            assertInstanceOf(Overdue.class, thread.call(Engine::panic));
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whoIsOnlySlowIsForgottenAtTheNextStep(ContextHost host) {
        ToyKernel kernel = kernel(host);
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            for (int i = 0; i < 2; i++) {
                thread.call(engine -> kernel.spawn(() -> {
                    for (int look = 0; look < PATIENCE; look++) {
                        watchdog.look();
                    }
                    kernel.sleep(1_000);
                    Overdue.poll();
                    assertFalse(Thread.currentThread().isInterrupted());
                    kernel.exit();
                }));
            }
            assertEquals(RunOutcome.Reason.QUIESCENT, thread.run(RunLimit.none()).reason());
            assertEquals(2, kernel.exits);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whoMakesStepsIsLeftAlone(ContextHost host) {
        ToyKernel kernel = kernel(host);
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            thread.call(engine -> kernel.spawn(() -> {
                for (int i = 0; i < 10 * PATIENCE; i++) {
                    watchdog.look();
                    Overdue.poll();
                    kernel.sleep(10);
                }
                kernel.exit();
            }));
            assertEquals(RunOutcome.Reason.QUIESCENT, thread.run(RunLimit.none()).reason());
            assertEquals(1, kernel.exits);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void anInputThatLoopsFailsAndTheKernelGoesOn(ContextHost host) {
        ToyKernel kernel = kernel(host);
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            assertThrows(Overdue.class, () -> thread.call(engine -> {
                loop();
                return null;
            }));
            thread.call(engine -> kernel.spawn(() -> {
                Overdue.poll();
                kernel.exit();
            }));
            assertEquals(RunOutcome.Reason.QUIESCENT, thread.run(RunLimit.none()).reason());
            assertEquals(1, kernel.exits);
        }
    }

    /** Returns when the kernel is in code that has no safepoints. */
    private CompletableFuture<Object> hang(EngineThread thread, AtomicBoolean comesBack) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Object> late = thread.post(engine -> {
            begun.countDown();
            while (!comesBack.get()) {
                watchdog.look();
            }
            return null;
        });
        begun.await();
        return late;
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whoWaitsForAKernelThatHangsForGoodIsTold(ContextHost host) throws InterruptedException {
        ToyKernel kernel = kernel(host);
        AtomicBoolean comesBack = new AtomicBoolean();
        EngineThread thread = new EngineThread("test", kernel.engine);
        CompletableFuture<Object> late = hang(thread, comesBack);
        assertTrue(assertThrows(IllegalStateException.class, () -> thread.call(engine -> null)).getMessage()
                .contains("boot another one"));
        comesBack.set(true);
        late.join();
        watchdog.look();
        assertEquals("again", thread.call(engine -> "again"), "it came back");
        thread.close();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aKernelThatHangsForGoodCanBeLeftBehind(ContextHost host) throws InterruptedException {
        ToyKernel kernel = kernel(host);
        AtomicBoolean comesBack = new AtomicBoolean();
        EngineThread thread = new EngineThread("test", kernel.engine);
        CompletableFuture<Object> late = hang(thread, comesBack);
        thread.close();
        assertFalse(late.isDone());
        comesBack.set(true);
        late.join();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aKernelAtRestIsNotStuck(ContextHost host) {
        ToyKernel kernel = kernel(host);
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            for (int i = 0; i < 10 * PATIENCE; i++) {
                watchdog.look();
            }
            thread.call(engine -> {
                Overdue.poll();
                return null;
            });
        }
    }
}
