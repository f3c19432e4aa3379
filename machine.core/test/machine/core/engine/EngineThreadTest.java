// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import machine.core.context.ContextHost;
import machine.core.context.ContextHosts;
import machine.core.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mailbox, run control, and the replay of what came through the mailbox. */
@Timeout(60)
class EngineThreadTest {

    private static final EventType MARK = EventType.of("mark", "clock");

    private static ToyKernel kernel(ContextHost host) {
        return new ToyKernel(3, 11, 0, host);
    }

    private static Input<Integer> spawn(ToyKernel kernel) {
        return Input.of("spawn", engine -> kernel.spawn(kernel::work).number);
    }

    private static Input<?> read(ToyKernel kernel, String text) {
        return switch (text) {
            case "spawn" -> spawn(kernel);
            case "fail" -> Input.of("fail", engine -> {
                throw new IOException("no");
            });
            default -> throw new IllegalArgumentException(text);
        };
    }

    @Test
    void inputsAreAppliedInOrderWhilePaused() {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            assertEquals(0, thread.call(spawn(kernel)));
            assertEquals(1, thread.call(spawn(kernel)));
            assertFalse(thread.running());
            RunOutcome outcome = thread.run(RunLimit.none());
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason());
            assertEquals(outcome, thread.lastOutcome());
            assertEquals(2, kernel.exits);
        }
    }

    @Test
    void whatAnInputThrowsGoesToItsCaller() {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            assertThrows(IllegalArgumentException.class, () -> thread.call(engine -> {
                throw new IllegalArgumentException("bad");
            }));
            CompletionException wrapped = assertThrows(CompletionException.class,
                    () -> thread.call(read(kernel, "fail")));
            assertEquals("no", wrapped.getCause().getMessage());
            int answer = thread.call(engine -> 42);
            assertEquals(42, answer, "the thread lives on");
        }
    }

    @Test
    void aPanicStopsTheKernelButNotTheThread() {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            thread.call(Input.of("bad", engine -> kernel.spawn(() -> {
                throw new KernelPanic("a rule");
            })));
            RunOutcome outcome = thread.run(RunLimit.none());
            assertEquals(RunOutcome.Reason.PANICKED, outcome.reason());
            assertTrue(outcome.message().contains("a rule"));
            assertThrows(IllegalStateException.class, () -> thread.call(spawn(kernel)));
            int cpus = thread.call(engine -> engine.cpuCount());
            assertEquals(3, cpus, "questions are still answered");
            assertEquals(RunOutcome.Reason.PANICKED, thread.run(RunLimit.none()).reason());
        }
    }

    @Test
    void aKernelPanicInAnInputBreaksTheKernel() {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            assertThrows(KernelPanic.class, () -> thread.call(engine -> {
                throw new KernelPanic("half swapped");
            }));
            assertEquals(RunOutcome.Reason.PANICKED, thread.run(RunLimit.none()).reason());
        }
    }

    @Test
    void aConditionThatThrowsEndsItsRunOnly() {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            assertThrows(IllegalArgumentException.class, () -> thread.run(RunLimit.when(() -> {
                throw new IllegalArgumentException("bad condition");
            })));
            assertFalse(thread.running());
            thread.call(spawn(kernel));
            assertEquals(RunOutcome.Reason.QUIESCENT, thread.run(RunLimit.none()).reason());
        }
    }

    @Test
    void aClosedThreadRefusesMail() {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        EngineThread thread = new EngineThread("test", kernel.engine);
        thread.close();
        thread.close();
        assertThrows(IllegalStateException.class, () -> thread.call(engine -> 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, 1000})
    void goRunsInTheBackgroundUntilPause(double speed) throws Exception {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            thread.go(speed);
            assertTrue(thread.running());
            assertThrows(IllegalStateException.class, () -> thread.run(RunLimit.none()));
            CountDownLatch done = new CountDownLatch(1);
            thread.call(Input.of("spawn", engine -> kernel.spawn(() -> {
                kernel.sleep(1000);
                done.countDown();
                kernel.exit();
            })));
            done.await();
            thread.pause();
            assertFalse(thread.running());
            assertEquals(RunOutcome.Reason.PAUSED, thread.lastOutcome().reason());
        }
    }

    @Test
    void pauseEndsALoneBusyLoop() throws Exception {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            CountDownLatch started = new CountDownLatch(1);
            thread.call(Input.of("loop", engine -> kernel.spawn(() -> {
                started.countDown();
                while (true) {
                    engine.current().charge(10);
                    engine.current().interleave();
                }
            })));
            thread.go(Double.POSITIVE_INFINITY);
            started.await();
            thread.pause();
            assertFalse(thread.running());
        }
    }

    @Test
    void goFollowsTheHaltAndGoesOn() throws Exception {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            thread.go(Double.POSITIVE_INFINITY);
            thread.call(engine -> {
                engine.halt("start something");
                return null;
            });
            CountDownLatch done = new CountDownLatch(1);
            thread.call(Input.of("spawn", engine -> kernel.spawn(() -> {
                done.countDown();
                kernel.exit();
            })));
            assertTrue(thread.running());
            assertEquals(1, done.getCount());
            thread.call(engine -> {
                engine.resume();
                return null;
            });
            done.await();
        }
    }

    @Test
    void anInputThatPostsIsNotRecordedTwice() {
        ToyKernel kernel = kernel(ContextHosts.preferred());
        try (EngineThread thread = new EngineThread("test", kernel.engine)) {
            CompletableFuture<CompletableFuture<Integer>> outer = thread.post(
                    Input.of("both", engine -> thread.post(spawn(kernel))));
            assertEquals(0, outer.join().join());
            assertEquals(List.of("both", ""), thread.recording().stream().map(InputRecord::text).toList());
        }
    }

    /** Inputs reach a running kernel whenever the host gets there; the recording says where that was. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aReplayOfTheRecordingGivesTheSameLog(int round) {
        ToyKernel live = kernel(ContextHosts.preferred());
        List<InputRecord> recording;
        long hash;
        try (EngineThread thread = new EngineThread("test", live.engine)) {
            thread.call(spawn(live));
            thread.run(RunLimit.until(20_000));
            thread.go(round % 2 == 0 ? 50 : Double.POSITIVE_INFINITY);
            for (int i = 0; i < 20; i++) {
                thread.call(spawn(live));
                assertThrows(CompletionException.class, () -> thread.call(read(live, "fail")));
            }
            thread.pause();
            thread.run(RunLimit.events(7));
            thread.call(spawn(live));
            thread.run(RunLimit.until(live.engine.nowNanos() + 12_345));
            recording = thread.recording();
            hash = thread.call(engine -> engine.events().hash());
        }
        recording = recording.stream().map(InputRecord::line).map(InputRecord::parse).toList();
        assertReplays(recording, hash, ContextHosts.preferred());
        assertReplays(recording, hash, ContextHosts.virtualThread());
    }

    private static void assertReplays(List<InputRecord> recording, long hash, ContextHost host) {
        try (ToyKernel again = kernel(host)) {
            Replay.all(again.engine, recording, text -> read(again, text));
            assertEquals(hash, again.engine.events().hash());
        }
    }

    /** A slice that nobody disturbs is left in the middle when mail comes. */
    @Test
    void aReplayHitsTheMiddleOfALongSlice() {
        List<InputRecord> recording;
        long hash;
        try (EngineThread thread = new EngineThread("test", looping())) {
            thread.run(RunLimit.when(new Countdown(30)::reached));
            thread.call(mark());
            thread.go(Double.POSITIVE_INFINITY);
            for (int i = 0; i < 50; i++) {
                thread.call(mark());
            }
            thread.pause();
            recording = thread.recording();
            hash = thread.call(engine -> engine.events().hash());
        }
        try (Engine again = looping()) {
            Replay.all(again, recording, text -> mark());
            assertEquals(hash, again.events().hash());
        }
    }

    private static Engine looping() {
        Engine engine = new Engine(EngineConfig.standard().withMemoryBytes(4096));
        engine.cpu(0).switchTo(engine.contexts().create(() -> {
            while (true) {
                engine.current().charge(70);
                engine.current().interleave();
            }
        }));
        return engine;
    }

    private static Input<Void> mark() {
        return Input.of("mark", engine -> {
            engine.events().log(MARK, engine.cpu(0).clockNanos(), 0, 0);
            return null;
        });
    }

    @Test
    void aReplayCanStopEarlierAndGoOn() {
        ToyKernel live = kernel(ContextHosts.preferred());
        List<InputRecord> recording;
        try (EngineThread thread = new EngineThread("test", live.engine)) {
            thread.call(spawn(live));
            thread.call(spawn(live));
            thread.run(RunLimit.events(40));
            thread.call(spawn(live));
            thread.run(RunLimit.none());
            recording = thread.recording();
        }
        ToyKernel back = kernel(ContextHosts.preferred());
        List<InputRecord> history = Replay.upTo(back.engine, recording, text -> read(back, text), 25);
        assertEquals(25, back.engine.events().count(), 2);
        try (EngineThread thread = new EngineThread("back", back.engine, history)) {
            thread.run(RunLimit.events(10));
            long hash = thread.call(engine -> engine.events().hash());
            assertReplays(thread.recording(), hash, ContextHosts.preferred());
        }
    }

    @Test
    void aReplayThatGoesAnotherWaySaysSo() {
        ToyKernel live = kernel(ContextHosts.preferred());
        List<InputRecord> recording;
        try (EngineThread thread = new EngineThread("test", live.engine)) {
            thread.call(spawn(live));
            thread.run(RunLimit.none());
            thread.call(spawn(live));
            recording = thread.recording();
        }
        try (ToyKernel other = new ToyKernel(3, 12, 0, ContextHosts.preferred())) {
            IllegalStateException different = assertThrows(IllegalStateException.class,
                    () -> Replay.all(other.engine, recording, text -> read(other, text)));
            assertNotEquals(-1, different.getMessage().indexOf("went another way"));
        }
    }

    @Test
    void manyKernelsInOneJvm() {
        for (int i = 0; i < 300; i++) {
            ToyKernel kernel = kernel(i % 10 == 0 ? ContextHosts.virtualThread() : ContextHosts.preferred());
            try (EngineThread thread = new EngineThread("test", kernel.engine)) {
                thread.call(spawn(kernel));
                thread.run(RunLimit.events(10));
            }
        }
    }
}
