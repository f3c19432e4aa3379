// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** This test is its own guard. */
@Guard
class HostWatchdogTest {
    private final CallbackWatch watch = new CallbackWatch();
    private final HostWatchdog watchdog = new HostWatchdog(20);
    private final List<String> late = new ArrayList<>();

    HostWatchdogTest() {
        watchdog.add(watch);
        watch.whenOverdue(late::add);
    }

    @AfterEach
    void close() {
        watchdog.close();
        Thread.interrupted();
    }

    /** What a guard does around a callback; says whether it was interrupted. */
    private boolean call(Runnable callback) {
        int outer = watch.enter();
        try {
            callback.run();
            watch.exit(outer);
            return false;
        } catch (Overdue e) {
            return watch.recover(outer);
        }
    }

    private static void loop() {
        while (true) {
            Overdue.poll();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Overdue.handler(e);
        }
    }

    @Test
    void anEndlessLoopIsInterruptedAndTheNextCallGoesOn() {
        assertFalse(call(() -> { }));
        assertTrue(call(HostWatchdogTest::loop));
        assertFalse(call(Overdue::poll), "the interruption is over");
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(List.of("2 1"), late);
    }

    @Test
    void aSleepIsInterruptedToo() {
        assertTrue(call(HostWatchdogTest::sleep));
    }

    @Test
    void whoComesBackTooLateIsFoundOutAtTheEnd() {
        assertTrue(call(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }));
    }

    @Test
    void aLoopAroundCallsInsideIsInterrupted() {
        assertTrue(call(() -> {
            while (true) {
                assertFalse(call(() -> { }));
                Overdue.poll();
            }
        }));
    }

    @Test
    void aCallAroundOneThatWasInterruptedHasItsTimeAgain() {
        assertFalse(call(() -> {
            assertTrue(call(HostWatchdogTest::loop));
            watchdog.look();
            Overdue.poll();
        }));
    }

    /** Ten looks after the one that found the callback; neither fewer nor more. */
    @Test
    void theTenthLookAfterTheFirstInterrupts() {
        HostWatchdog driven = HostWatchdog.driven();
        driven.add(watch);
        watchdog.remove(watch);
        assertTrue(call(() -> {
            for (int look = 0; look <= 9; look++) {
                driven.look();
                assertFalse(Thread.currentThread().isInterrupted(), "after look " + look);
            }
            driven.look();
            assertTrue(Thread.currentThread().isInterrupted());
        }));
    }

    @Test
    void theNextCallbackIsLookedAtFromTheBeginning() {
        HostWatchdog driven = HostWatchdog.driven();
        driven.add(watch);
        watchdog.remove(watch);
        for (int round = 0; round < 3; round++) {
            assertFalse(call(() -> {
                for (int look = 0; look <= 9; look++) {
                    assertFalse(call(driven::look));
                }
            }));
            driven.look();
        }
        assertEquals(List.of(), late);
    }

    @Test
    void anExpectedInterruptionComesAtOnce() {
        watchdog.remove(watch);
        watch.expect("2 1");
        watch.expect("3 1");
        assertFalse(call(() -> { }));
        assertTrue(call(HostWatchdogTest::loop));
        assertTrue(call(HostWatchdogTest::sleep));
        assertFalse(call(Overdue::poll));
        assertEquals(List.of("2 1", "3 1"), late);
    }

    /** Calls two others, loops, is interrupted, and calls a third one; says how far it came. */
    private String outer() {
        StringBuilder way = new StringBuilder();
        boolean late = call(() -> {
            for (int i = 0; i < 2; i++) {
                assertFalse(call(Overdue::poll));
                Overdue.poll();
                way.append(i);
            }
            loop();
        });
        return way.append(late).toString();
    }

    @Test
    void anExpectedInterruptionWaitsForTheCallsInside() {
        assertEquals("01true", outer());
        assertEquals(List.of("3 1"), late);
        watchdog.remove(watch);
        watch.expect("6 1");
        // The second poll comes after the second call inside, where the loop was as well.
        assertEquals("0true", outer());
        assertEquals(List.of("3 1", "6 1"), late);
    }

    @Test
    void anExpectedInterruptionOfACallInsideLeavesTheOuterAlone() {
        watchdog.remove(watch);
        watch.expect("2 2");
        assertFalse(call(() -> assertTrue(call(HostWatchdogTest::loop))));
        assertEquals(List.of("2 2"), late);
    }

    @Test
    void aHandlerPassesOnWhatIsOverdueAndNothingElse() {
        Overdue overdue = new Overdue(null);
        assertEquals(overdue, assertThrows(Overdue.class, () -> Overdue.handler(overdue)));
        Overdue.handler(new IllegalStateException());
        assertInstanceOf(InterruptedException.class,
                assertThrows(Overdue.class, () -> Overdue.handler(new InterruptedException())).getCause());
    }

    @Test
    void aThreadOutsideOfAnyGuardMayBeInterrupted() throws InterruptedException {
        boolean[] came = new boolean[1];
        Thread own = new Thread(new Outside(came));
        own.start();
        own.join();
        assertTrue(came[0]);
    }

    /** Code that no guard calls. */
    private record Outside(boolean[] came) implements Runnable {
        @Override
        public void run() {
            Thread.currentThread().interrupt();
            Overdue.poll();
            Overdue.handler(new InterruptedException());
            came[0] = true;
        }
    }

    @Test
    void aWatchdogNeedsSomePatience() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new HostWatchdog(9)).getMessage().contains("9"));
    }
}
