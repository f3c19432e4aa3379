// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import machine.core.context.ContextHosts;
import machine.core.context.ExecutionContext;
import machine.core.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an engine refuses, and how it breaks. */
class EngineRulesTest {

    private static final EventType LEAK = EventType.of("leak");

    private final Engine engine = new Engine(EngineConfig.standard().withCpus(2).withMemoryBytes(8192));

    @AfterEach
    void close() {
        engine.close();
    }

    private String panicOf(Runnable body) {
        engine.cpu(0).switchTo(engine.contexts().create(body));
        RunOutcome outcome = engine.run(RunLimit.none());
        assertEquals(RunOutcome.Reason.PANICKED, outcome.reason());
        assertEquals(RunOutcome.Reason.PANICKED, engine.run(RunLimit.none()).reason(), "it stays broken");
        assertSame(null, engine.current());
        return outcome.message();
    }

    @Test
    void anExceptionOutOfAContextStopsTheKernel() {
        assertTrue(panicOf(() -> {
            throw new IllegalStateException("oops");
        }).contains("oops"));
    }

    @Test
    void anErrorOutOfATimerStopsTheKernel() {
        engine.arm(new Timer() {
            @Override
            protected void expire(Cpu cpu) {
                throw new StackOverflowError("deep");
            }
        }, engine.cpu(1), 5);
        assertEquals(RunOutcome.Reason.PANICKED, engine.run(RunLimit.none()).reason());
        assertTrue(engine.panic() instanceof StackOverflowError);
    }

    @Test
    void blockingWithASpinMutexIsAPanic() {
        assertTrue(panicOf(() -> {
            engine.current().enterSpin();
            engine.current().switchTo(null);
        }).contains("holding a spin mutex"));
    }

    @Test
    void switchingABusyCpuFromOutsideIsAPanic() {
        engine.cpu(1).switchTo(engine.contexts().create(() -> { }));
        ExecutionContext other = engine.contexts().create(() -> { });
        assertTrue(panicOf(() -> engine.cpu(1).switchTo(other)).contains("request an AST"));
    }

    @Test
    void interleavingOnAnotherCpuIsAPanic() {
        assertTrue(panicOf(() -> {
            engine.cpu(1).horizonNanos = -1;
            engine.cpu(1).interleave();
        }).contains("ask for the current CPU again"));
    }

    @Test
    void oneInterruptCannotBeOnItsWayToTwoCpus() {
        Timer ipi = new Timer() {
            @Override
            protected void expire(Cpu cpu) {
                cpu.charge(1);
            }
        };
        assertTrue(panicOf(() -> {
            engine.cpu(0).raise(ipi, 10);
            engine.cpu(1).raise(ipi, 10);
        }).contains("each CPU needs its own"));
    }

    @Test
    void releasingASpinMutexTooOftenIsAPanic() {
        assertTrue(panicOf(() -> engine.current().exitSpin()).contains("holds none"));
    }

    @Test
    void haltWaitsForResume() {
        engine.cpu(0).switchTo(engine.contexts().create(() -> {
            Cpu cpu = engine.current();
            cpu.charge(100);
            engine.halt("start a scheduler");
            cpu.interleave();
            cpu.charge(11);
        }));
        RunOutcome halted = engine.run(RunLimit.none());
        assertEquals(RunOutcome.Reason.HALTED, halted.reason());
        assertEquals("start a scheduler", halted.message());
        assertEquals(RunOutcome.Reason.HALTED, engine.run(RunLimit.until(1000)).reason());
        assertEquals(100, engine.cpu(0).clockNanos());
        engine.resume();
        assertEquals(RunOutcome.Reason.QUIESCENT, engine.run(RunLimit.none()).reason());
        assertEquals(111, engine.cpu(0).clockNanos());
        assertEquals(2, engine.events().count());
    }

    @Test
    void unwindingAContextCannotTouchTheKernel() {
        try (Engine other = new Engine(EngineConfig.standard().withMemoryBytes(4096)
                .withContexts(ContextHosts.virtualThread()))) {
            ExecutionContext victim = other.contexts().create(() -> {
                try {
                    other.current().switchTo(null);
                } finally {
                    other.events().log(LEAK, 0, 0, 0);
                    other.current().charge(1000);
                }
            });
            other.cpu(0).switchTo(victim);
            other.run(RunLimit.none());
            other.abandon(victim);
            assertTrue(victim.finished());
            assertEquals(0, other.events().count());
            assertEquals(0, other.cpu(0).clockNanos());
            other.events().log(LEAK, 0, 0, 0);
            assertEquals(1, other.events().count());
        }
    }

    @Test
    void aStallMovesEveryClock() {
        engine.cpu(0).switchTo(engine.contexts().create(() -> {
            engine.current().charge(50);
            engine.current().interleave();
        }));
        engine.arm(new Timer() {
            @Override
            protected void expire(Cpu cpu) {
                cpu.charge(1);
            }
        }, engine.cpu(1), 20);
        engine.run(RunLimit.until(30));
        engine.stall(1000);
        assertEquals(1030, engine.nowNanos());
        assertEquals(1050, engine.cpu(0).clockNanos());
        assertEquals(1030, engine.cpu(1).clockNanos());
    }

    @Test
    void randomStreamsAreIndependentAndSeeded() {
        Set<Long> seen = new HashSet<>();
        for (long stream = -50; stream < 50; stream++) {
            for (int i = 0; i < 100; i++) {
                assertTrue(seen.add(engine.random(stream)));
            }
        }
        try (Engine same = new Engine(EngineConfig.standard().withMemoryBytes(4096));
                Engine different = new Engine(EngineConfig.standard().withMemoryBytes(4096).withSeed(2))) {
            for (int i = 0; i < 100; i++) {
                same.random(6);
            }
            assertEquals(engine.random(6), same.random(6), "whatever the other streams did");
            assertNotEquals(same.random(6), different.random(6));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 4096, 0, cpus", "257, 4096, 0, cpus", "1, 0, 0, memory", "1, 100, 0, memory",
            "1, 4096, -1, quantum"})
    void badConfigurationsNameWhatIsWrong(int cpus, long memory, long quantum, String word) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> new EngineConfig(cpus, memory, 1, quantum, engine.contexts()));
        assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }

    @Test
    void aClosedEngineSaysSo() {
        engine.close();
        engine.close();
        assertThrows(IllegalStateException.class, () -> engine.run(RunLimit.none()));
    }
}
