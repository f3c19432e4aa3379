// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import machine.core.engine.KernelPanic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both kinds of contexts promise. */
class ContextHostTest {

    private final List<String> log = new ArrayList<>();
    private ExecutionContext self;

    static Stream<ContextHost> hosts() {
        return ContextHosts.continuationAvailable()
                ? Stream.of(ContextHosts.continuation(), ContextHosts.virtualThread())
                : Stream.of(ContextHosts.virtualThread());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void bodyRunsInTurns(ContextHost host) {
        self = host.create(() -> {
            log.add("a");
            self.suspend();
            log.add("b");
            deep(50);
            log.add("d");
        });
        assertTrue(self.resume());
        log.add("1");
        assertTrue(self.resume());
        log.add("2");
        assertFalse(self.finished());
        assertFalse(self.resume());
        assertTrue(self.finished());
        assertEquals(List.of("a", "1", "b", "c", "2", "d"), log);
        assertThrows(IllegalStateException.class, self::resume);
        host.close();
    }

    private void deep(int depth) {
        if (depth > 0) {
            deep(depth - 1);
        } else {
            log.add("c");
            self.suspend();
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whatTheBodyThrowsComesOutOfResume(ContextHost host) {
        RuntimeException failure = new RuntimeException("broken");
        self = host.create(() -> {
            self.suspend();
            throw failure;
        });
        assertTrue(self.resume());
        assertSame(failure, assertThrows(RuntimeException.class, self::resume));
        assertTrue(self.finished());
        host.close();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void abandonedContextsAreOver(ContextHost host) {
        self = host.create(() -> {
            try {
                self.suspend();
            } finally {
                // The unwinding of a virtual thread must not be held up by code that suspends again.
                self.suspend();
            }
            log.add("never");
        });
        assertTrue(self.resume());
        self.abandon();
        self.abandon();
        assertTrue(self.finished());
        assertThrows(IllegalStateException.class, self::resume);
        ExecutionContext unused = host.create(() -> log.add("never"));
        unused.abandon();
        assertTrue(unused.finished());
        assertEquals(List.of(), log);
        host.close();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void closingTheHostEndsEveryContext(ContextHost host) {
        List<ExecutionContext> contexts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int index = i;
            contexts.add(host.create(() -> contexts.get(index).suspend()));
            contexts.get(i).resume();
        }
        contexts.get(7).resume();
        host.close();
        assertThrows(IllegalStateException.class, () -> host.create(() -> { }));
        if (host instanceof VirtualThreadHost) {
            assertTrue(contexts.stream().allMatch(ExecutionContext::finished));
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void theCollectorTakesAnAbandonedStack(ContextHost host) {
        WeakReference<Object> onStack = suspendedWith(host);
        self.abandon();
        assertCollected(onStack);
        host.close();
    }

    private WeakReference<Object> suspendedWith(ContextHost host) {
        Object local = new Object();
        WeakReference<Object> reference = new WeakReference<>(local);
        self = host.create(() -> {
            self.suspend();
            log.add(local.toString());
        });
        self.resume();
        return reference;
    }

    private static void assertCollected(WeakReference<Object> reference) {
        for (int i = 0; i < 50 && !reference.refersTo(null); i++) {
            System.gc();
        }
        assertTrue(reference.refersTo(null), "still reachable");
    }

    @Test
    void suspendingInAClassInitialiserNamesTheRule() {
        if (!ContextHosts.continuationAvailable()) {
            return;
        }
        self = ContextHosts.continuation().create(() -> {
            TO_SUSPEND.set(self);
            log.add(Suspending.DONE);
        });
        KernelPanic panic = assertThrows(KernelPanic.class, self::resume);
        assertTrue(panic.getMessage().contains("class initialiser"), panic.getMessage());
        TO_SUSPEND.remove();
    }

    private static final ThreadLocal<ExecutionContext> TO_SUSPEND = new ThreadLocal<>();

    /** Its initialiser suspends the context it runs in. */
    private static final class Suspending {
        static final String DONE;

        static {
            TO_SUSPEND.get().suspend();
            DONE = "done";
        }
    }

    @Test
    void preferredIsTheFastest() {
        String expected = ContextHosts.continuationAvailable() ? "continuation" : "virtual-thread";
        assertEquals(expected, ContextHosts.preferred().name());
    }
}
