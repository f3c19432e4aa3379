// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import machine.core.context.ExecutionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timers, interrupts and IPIs. */
class TimerTest {

    private final Engine engine = new Engine(EngineConfig.standard().withCpus(4).withMemoryBytes(4096));
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    /** Notes when and where it expired. */
    private final class Noting extends Timer {
        private final String name;
        private final boolean background;

        Noting(String name, boolean background) {
            this.name = name;
            this.background = background;
        }

        Noting(String name) {
            this(name, false);
        }

        @Override
        protected void expire(Cpu cpu) {
            log.add(name + "@" + cpu.clockNanos() + "/" + cpu.id());
            cpu.charge(5);
        }

        @Override
        public boolean background() {
            return background;
        }
    }

    @Test
    void timersExpireInTheirTotalOrder() {
        Random random = new Random(3);
        List<Timer> armed = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Timer timer = new Noting("");
            engine.arm(timer, engine.cpu(0), random.nextInt(100));
            armed.add(timer);
            if (random.nextInt(4) == 0) {
                Timer victim = armed.remove(random.nextInt(armed.size()));
                assertTrue(engine.disarm(victim));
                assertFalse(victim.armed());
                assertFalse(engine.disarm(victim));
            }
        }
        List<Timer> expired = new ArrayList<>();
        TimerHeap heap = new TimerHeap();
        for (Timer timer : armed) {
            assertTrue(engine.disarm(timer));
            heap.add(timer);
        }
        while (heap.firstDeadlineNanos() != Long.MAX_VALUE) {
            expired.add(heap.removeFirst());
        }
        armed.sort(Comparator.comparingLong((Timer t) -> t.deadlineNanos).thenComparingInt(t -> t.tie)
                .thenComparingLong(t -> t.sequence));
        assertEquals(armed, expired);
    }

    @Test
    void anIdleCpuTakesATimerOnTime() {
        engine.arm(new Noting("b"), engine.cpu(1), 70);
        engine.arm(new Noting("a"), engine.cpu(3), 30);
        assertEquals(RunOutcome.Reason.QUIESCENT, engine.run(RunLimit.none()).reason());
        assertEquals(List.of("a@30/3", "b@70/1"), log);
        assertEquals(70, engine.nowNanos());
    }

    @Test
    void armingAgainMovesATimer() {
        Timer timer = new Noting("t");
        engine.arm(timer, engine.cpu(0), 50);
        engine.arm(timer, engine.cpu(2), 20);
        engine.run(RunLimit.none());
        assertEquals(List.of("t@20/2"), log);
    }

    @Test
    void quiescenceIgnoresBackgroundTimers() {
        Noting tick = new Noting("tick", true);
        engine.arm(tick, engine.cpu(0), 100);
        assertEquals(RunOutcome.Reason.QUIESCENT, engine.run(RunLimit.none()).reason());
        assertEquals(List.of(), log);
        assertTrue(engine.quiescent());

        RunOutcome limit = engine.run(RunLimit.until(500));
        assertEquals(RunOutcome.Reason.LIMIT, limit.reason());
        assertEquals(500, limit.nowNanos());
        assertEquals(List.of("tick@100/0"), log);
    }

    @Test
    void aTimeLimitIsInclusive() {
        engine.arm(new Noting("at"), engine.cpu(0), 500);
        engine.arm(new Noting("after"), engine.cpu(0), 501);
        engine.run(RunLimit.until(500));
        assertEquals(List.of("at@500/0"), log);
    }

    @Test
    void anInterruptStopsAComputationOnTheNanosecond() {
        engine.cpu(0).switchTo(engine.contexts().create(() -> {
            Cpu cpu = engine.current();
            assertEquals(0, cpu.computeUser(1000));
            log.add("done@" + cpu.clockNanos());
        }));
        engine.arm(new Noting("t"), engine.cpu(0), 400);
        engine.run(RunLimit.none());
        assertEquals(List.of("t@400/0", "done@1005"), log);
    }

    @Test
    void anAstGivesBackWhatIsLeft() {
        engine.cpu(0).switchTo(engine.contexts().create(() -> {
            Cpu cpu = engine.current();
            log.add("left " + cpu.computeUser(1000) + "@" + cpu.clockNanos());
            log.add("again " + cpu.computeUser(7));
            cpu.clearAst();
            log.add("then " + cpu.computeUser(7) + "@" + cpu.clockNanos());
        }));
        engine.arm(new Timer() {
            @Override
            protected void expire(Cpu cpu) {
                cpu.requestAst();
            }
        }, engine.cpu(0), 400);
        engine.run(RunLimit.none());
        assertEquals(List.of("left 600@400", "again 7", "then 0@407"), log);
    }

    @Test
    void anIpiReachesABusyCpuAtItsNextInterleavePoint() {
        Noting ipi = new Noting("ipi");
        engine.cpu(0).switchTo(engine.contexts().create(() -> {
            engine.current().charge(10);
            engine.cpu(1).raise(ipi, 100);
            engine.cpu(1).raise(ipi, 500);
        }));
        engine.cpu(1).switchTo(engine.contexts().create(() -> {
            Cpu cpu = engine.current();
            for (int i = 0; i < 4; i++) {
                cpu.charge(60);
                cpu.interleave();
                log.add("at " + cpu.clockNanos());
            }
        }));
        engine.run(RunLimit.none());
        assertEquals(List.of("at 60", "ipi@120/1", "at 125", "at 185", "at 245"), log);
    }

    @Test
    void anIpiWakesAnIdleCpuWhichThenAsksItsDriver() {
        List<Cpu> asked = new ArrayList<>();
        ExecutionContext work = engine.contexts().create(() -> log.add("work@" + engine.nowNanos()));
        engine.driver(cpu -> {
            asked.add(cpu);
            if (cpu.id() == 2 && !work.finished()) {
                cpu.switchTo(work);
            }
        });
        engine.cpu(0).switchTo(engine.contexts().create(() -> engine.cpu(2).raise(new Noting("ipi"), 800)));
        engine.run(RunLimit.none());
        assertEquals(List.of("ipi@800/2", "work@805"), log);
        assertEquals(List.of(engine.cpu(0), engine.cpu(2), engine.cpu(2)), asked);
        assertTrue(engine.cpu(2).idle());
    }

    @Test
    void nothingInterleavesWhileASpinMutexIsHeld() {
        engine.cpu(0).switchTo(engine.contexts().create(() -> {
            Cpu cpu = engine.current();
            cpu.enterSpin();
            cpu.charge(100);
            cpu.interleave();
            log.add("in section");
            cpu.exitSpin();
            cpu.interleave();
            log.add("after section");
        }));
        engine.arm(new Noting("t"), engine.cpu(1), 10);
        engine.run(RunLimit.none());
        assertEquals(List.of("in section", "t@10/1", "after section"), log);
    }
}
