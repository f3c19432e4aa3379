// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.KernelPanic;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Swaps as transactions, with failures injected into every phase of every slot. */
class SwapperTest {

    private final Engine engine = new Engine(EngineConfig.standard().withMemoryBytes(4096));
    private final SlotTable slots = new SlotTable();
    private final Counting variants = new Counting();
    private final Swapper swapper = new Swapper(engine, slots, variants);
    private final List<String> calls = new ArrayList<>();
    private final Bag first = new Bag("first");
    private final Bag second = new Bag("second");

    @BeforeEach
    void fill() {
        slots.register(first);
        slots.register(second);
        for (String slot : List.of("first", "second")) {
            variants.add(slot, "old", ArrayList::new);
            variants.add(slot, "new", ArrayList::new);
            variants.add(slot, "alien", Object::new);
        }
        assertTrue(swapper.swap(requests("old")).committed());
        first.items().addAll(List.of("a", "b", "c"));
        second.items().addAll(List.of("x"));
        calls.clear();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static List<SwapRequest> requests(String variant) {
        return List.of(new SwapRequest("first", variant), new SwapRequest("second", variant));
    }

    /** Counts the instances that were not given back. */
    private static final class Counting implements VariantSource {
        final FixedVariants variants = new FixedVariants();
        int live;

        void add(String slot, String variant, java.util.function.Supplier<?> supplier) {
            variants.add(slot, variant, supplier);
        }

        @Override
        public List<String> slots() {
            return variants.slots();
        }

        @Override
        public List<VariantInfo> variants(String slot) {
            return variants.variants(slot);
        }

        @Override
        public VariantHandle acquire(String slot, String variant) {
            VariantHandle handle = variants.acquire(slot, variant);
            if (handle == null || handle.instance() == null) {
                return null;
            }
            live++;
            return new VariantHandle() {
                @Override
                public String slot() {
                    return slot;
                }

                @Override
                public String variant() {
                    return variant;
                }

                @Override
                public Object instance() {
                    return handle.instance();
                }

                @Override
                public void release() {
                    live--;
                }
            };
        }
    }

    /** A slot whose variants are lists, and whose state is what they contain. */
    private final class Bag implements Slot {
        private final String name;
        private VariantHandle active;
        private String failingPhase = "";

        Bag(String name) {
            this.name = name;
        }

        @SuppressWarnings("unchecked")
        List<String> items() {
            return (List<String>) active.instance();
        }

        void step(String phase) throws SwapException {
            calls.add(name + "." + phase);
            if (phase.equals(failingPhase)) {
                throw new SwapException("no " + phase);
            }
            if ((phase + "!").equals(failingPhase)) {
                throw new KernelPanic("broken " + phase);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Class<?> variantType() {
            return List.class;
        }

        @Override
        public String active() {
            return active == null ? null : active.variant();
        }

        @Override
        public SlotSwap prepare(VariantHandle next) throws SwapException {
            step("prepare");
            return new BagSwap(this, next);
        }
    }

    /** One swap of a bag. */
    private final class BagSwap implements SlotSwap {
        private final Bag bag;
        private final VariantHandle next;
        private VariantHandle old;
        private List<String> record = List.of();

        BagSwap(Bag bag, VariantHandle next) {
            this.bag = bag;
            this.next = next;
        }

        @Override
        public void export() throws SwapException {
            record = bag.active == null ? List.of() : List.copyOf(bag.items());
            if (bag.active != null) {
                bag.items().clear();
            }
            bag.step("export");
        }

        @Override
        @SuppressWarnings("unchecked")
        public void importState() throws SwapException {
            if (next != null) {
                ((List<String>) next.instance()).addAll(record);
            }
            bag.step("import");
        }

        @Override
        public void commit() {
            calls.add(bag.name + ".commit");
            if (bag.failingPhase.equals("commit")) {
                throw new IllegalStateException("no commit");
            }
            old = bag.active;
            bag.active = next;
        }

        @Override
        public void rollback() {
            calls.add(bag.name + ".rollback");
            if (bag.active != null && bag.items().isEmpty()) {
                bag.items().addAll(record);
            }
        }

        @Override
        public VariantHandle release() {
            calls.add(bag.name + ".release");
            return old;
        }

        @Override
        public int moved() {
            return record.size();
        }
    }

    private void assertUntouched() {
        assertEquals("old", first.active());
        assertEquals("old", second.active());
        assertEquals(List.of("a", "b", "c"), first.items());
        assertEquals(List.of("x"), second.items());
        assertEquals(2, variants.live, "an instance of a refused variant was kept");
    }

    @Test
    void severalSlotsSwapInOneTransaction() {
        long before = engine.nowNanos();
        SwapReport report = swapper.swap(requests("new"));
        assertEquals(SwapReport.COMMITTED, report.outcome());
        assertEquals(List.of("first.prepare", "second.prepare", "first.export", "second.export", "first.import",
                "second.import", "first.commit", "second.commit", "first.release", "second.release"), calls);
        assertEquals(List.of("prepare", "quiesce", "export", "import", "commit", "release"),
                report.phases().stream().map(SwapReport.Phase::name).toList());
        assertEquals(List.of("a", "b", "c"), first.items());
        SlotChange change = report.changes().get(0);
        assertEquals("old", change.from());
        assertEquals("new", change.to());
        assertEquals(3, change.moved());
        assertEquals(2, variants.live);
        long pause = Swapper.PAUSE_NANOS + 4 * Swapper.PAUSE_PER_MOVED_NANOS;
        assertEquals(pause, report.virtualPauseNanos());
        assertEquals(before, report.atNanos());
        assertEquals(before + pause, engine.nowNanos());
    }

    @ParameterizedTest
    @CsvSource({"first, prepare", "second, prepare", "first, export", "second, export", "first, import",
            "second, import", "second, prepare!", "first, export!", "second, import!"})
    void anyFailureBeforeCommitChangesNothing(String slot, String phase) {
        ((Bag) slots.find(slot)).failingPhase = phase;
        long hashOfNothing = engine.nowNanos();
        SwapReport report = swapper.swap(requests("new"));
        assertFalse(report.committed());
        assertTrue(report.outcome().startsWith("refused: "), report.outcome());
        String name = phase.replace("!", "");
        assertTrue(report.outcome().contains(phase.endsWith("!") ? "broken " + name : "no " + name),
                report.outcome());
        assertEquals(List.of(), report.changes());
        assertEquals(hashOfNothing, engine.nowNanos(), "a refused swap takes no virtual time");
        assertUntouched();
    }

    @Test
    void rollbackGoesBackwards() {
        second.failingPhase = "export";
        swapper.swap(requests("new"));
        assertEquals(List.of("second.rollback", "first.rollback"), calls.subList(calls.size() - 2, calls.size()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nowhere|new|there is no slot nowhere; slots are [first, second]",
            "first|odd|slot first has no variant odd; there are [alien, new, old]",
            "first|alien|variant alien does not implement java.util.List"})
    void badRequestsAreNamed(String slot, String variant, String message) {
        SwapReport report = swapper.swap(List.of(new SwapRequest("second", "new"), new SwapRequest(slot, variant)));
        assertTrue(report.outcome().contains(message), report.outcome());
        assertUntouched();
    }

    @Test
    void aVariantThatCannotBeMadeIsNotCalledMissing() {
        variants.add("first", "broken", () -> null);
        SwapReport report = swapper.swap(List.of(new SwapRequest("first", "broken")));
        assertTrue(report.outcome().contains("bundle built-in could not make its variant broken of slot first"),
                report.outcome());
        assertUntouched();
    }

    @Test
    void emptyAndRepeatedRequestsAreRefused() {
        assertFalse(swapper.swap(List.of()).committed());
        SwapRequest again = new SwapRequest("second", "new");
        assertTrue(swapper.swap(List.of(again, again)).outcome().contains("named twice"));
        assertUntouched();
    }

    @Test
    void aSlotCanBeLeftVacantAndFilledAgain() {
        assertTrue(swapper.swap(List.of(new SwapRequest("first", null))).committed());
        assertNull(first.active());
        assertEquals(1, variants.live);
        assertTrue(swapper.swap(List.of(new SwapRequest("first", "new"))).committed());
        assertEquals("new", first.active());
    }

    @Test
    void aFailingCommitIsAPanic() {
        second.failingPhase = "commit";
        assertThrows(KernelPanic.class, () -> swapper.swap(requests("new")));
    }

    @Test
    void aSwapInsideTheKernelIsRefused() {
        engine.cpu(0).switchTo(engine.contexts().create(() -> swapper.swap(requests("new"))));
        RunOutcome outcome = engine.run(RunLimit.none());
        assertTrue(outcome.message().contains("posted"), outcome.message());
    }

    @Test
    void theReportTellsWhenTheOldVariantWasCollected() {
        SlotChange change = swapper.swap(requests("new")).changes().get(0);
        for (int i = 0; i < 50 && !change.oldCollected(); i++) {
            System.gc();
        }
        assertTrue(change.oldCollected());
    }

    @Test
    void slotNamesAreUnique() {
        assertThrows(IllegalArgumentException.class, () -> slots.register(new Bag("first")));
        assertEquals(List.of(first, second), slots.slots());
    }
}
