// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import kernel.lwp.fixture.Misbehaving;
import kernel.lwp.fixture.Misbehaving.How;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.TestMachine;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.Machine;
import kernel.lwp.proc.Proc;
import kernel.lwp.r184.Revision184;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.m2.M2;
import kernel.sched.policy.Scheduler;
import kernel.vm.clock.Clock;
import kernel.vm.map.MapIndexKind;
import kernel.vm.pageout.PageoutPolicy;
import kernel.vm.twoqueue.TwoQueue;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantInfo;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.HostWatchdog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every variant of a slot fails sooner or later: evictions come to an end, and the kernel waits for a good one where it can. */
class NobodyLeftTest {
    private static final List<String> BAD = List.of("bad1", "bad2", "bad3");
    private static final int PAGES = 10;

    /** The slots whose variants bring code. */
    private enum Place {
        SCHED("sched", M2::new, () -> bad(Scheduler.class, new FourBsd(), "Scheduler.pickNext", 12)),
        MAPINDEX("mapindex", MapIndexKind::splay,
                () -> bad(MapIndexKind.class, MapIndexKind.rbtree(), "EntryIndex.insert", 40)),
        PAGEOUT("pageout", Clock::new, () -> bad(PageoutPolicy.class, new TwoQueue(), "PageoutPolicy.activated", 20)),
        LWP("lwp", Revision184::new, () -> bad(LwpRevision.class, new Revision184(), "LwpRevision.unpark", 3)),
        MACHINE("machine", () -> new TestMachine("good", TestKernel.MAX_USER),
                () -> bad(Machine.class, new TestMachine("bad", TestKernel.MAX_USER), "Pmap.enter", 30));

        private final String slot;
        private final Supplier<Object> good;
        private final Supplier<Object> bad;

        Place(String slot, Supplier<Object> good, Supplier<Object> bad) {
            this.slot = slot;
            this.good = good;
            this.bad = bad;
        }
    }

    private static <T> T bad(Class<T> type, T good, String callback, int calls) {
        return Misbehaving.of(type, good, callback, calls, How.THROW, HostWatchdog.driven());
    }

    private static TestKernel boot() {
        return new TestKernel(TestKernel.config("1.84").withCpus(2).withSeed(3));
    }

    private static void main(User user) {
        for (int round = 0; round < 6; round++) {
            new RandomProgram(new Random(round), "1.84").run(user);
            long at = user.map(PAGES * 4096L);
            for (int i = 0; i < PAGES; i++) {
                user.store(at + i * 4096L, 100 + i);
            }
            for (int i = 1; i < PAGES; i += 2) {
                assertEquals(0, user.call("munmap", at + i * 4096L, 4096));
            }
        }
    }

    /** Leaves only bad variants, puts the first of them in, and runs as far as that goes. */
    private static RunOutcome runWithBadOnes(TestKernel kernel, Place place, Proc[] p) {
        List<VariantInfo> others = kernel.source().variants(place.slot);
        BAD.forEach(name -> kernel.source().add(place.slot, name, place.bad));
        p[0] = kernel.spawn(NobodyLeftTest::main);
        kernel.run(RunLimit.events(40));
        kernel.swap(place.slot, BAD.getFirst());
        others.forEach(info -> kernel.source().remove(place.slot, info.variant()));
        return kernel.kernel().run(RunLimit.none());
    }

    private static List<String> evictions(TestKernel kernel) {
        return kernel.kernel().ask(engine -> engine.evictions().reports().stream()
                .map(report -> report.slot() + " " + report.variant() + " " + report.successor()).toList());
    }

    private static void assertEachFailedOnce(TestKernel kernel, Place place) {
        assertEquals(List.of(place.slot + " bad1 bad2", place.slot + " bad2 bad3", place.slot + " bad3 null"),
                evictions(kernel));
        assertNull(kernel.kernel().slots().find(place.slot).active());
    }

    @ParameterizedTest
    @EnumSource(names = {"SCHED", "MAPINDEX", "PAGEOUT"})
    void theKernelWaitsForAGoodOne(Place place) throws Exception {
        try (TestKernel kernel = boot()) {
            Proc[] p = new Proc[1];
            RunOutcome halted = runWithBadOnes(kernel, place, p);
            assertEquals(RunOutcome.Reason.HALTED, halted.reason(), halted.message());
            assertTrue(halted.message().contains("evicted are bad1, bad2, bad3; no ")
                    && halted.message().contains("start a bundle that provides kernel.slot=" + place.slot), halted.message());
            assertEachFailedOnce(kernel, place);
            assertEquals(RunOutcome.Reason.HALTED, kernel.kernel().run(RunLimit.none()).reason());
            kernel.source().add(place.slot, "good", place.good);
            assertTrue(kernel.kernel().wants(place.slot, "good"));
            assertTrue(kernel.kernel().offer(place.slot, "good").get().committed());
            kernel.run();
            assertEquals("GONE 0 0", p[0].state() + " " + p[0].exitStatus() + " " + p[0].exitSignal());
            kernel.assertSound();
            assertEquals(BAD.size(), evictions(kernel).size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LWP", "MACHINE"})
    void aCallThatCannotGoOnIsAPanic(Place place) {
        try (TestKernel kernel = boot()) {
            RunOutcome outcome = runWithBadOnes(kernel, place, new Proc[1]);
            assertEquals(RunOutcome.Reason.PANICKED, outcome.reason(), outcome.message());
            assertTrue(outcome.message().contains("evicted are bad1, bad2, bad3; "), outcome.message());
            assertTrue(outcome.message().contains(" so the "), outcome.message());
            assertEachFailedOnce(kernel, place);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"narrow", "small"})
    void soIsAMachineThatNobodyElseFits(String misfit) {
        try (TestKernel kernel = boot()) {
            List<VariantInfo> others = kernel.source().variants("machine");
            kernel.source().add("machine", "bad1", Place.MACHINE.bad);
            kernel.spawn(user -> {
                assertEquals(1L << 30, user.value("mmap", 1L << 30, 4096, 3, 0x1012, -1, 0));
                main(user);
            });
            kernel.run(RunLimit.events(40));
            kernel.swap("machine", "bad1");
            others.stream().filter(info -> !info.variant().equals(misfit))
                    .forEach(info -> kernel.source().remove("machine", info.variant()));
            RunOutcome outcome = kernel.kernel().run(RunLimit.none());
            assertEquals(RunOutcome.Reason.PANICKED, outcome.reason(), outcome.message());
            assertTrue(outcome.message().contains("broke a rule in enter: it threw ")
                    && outcome.message().endsWith("no other machine fits the processes that run, so the kernel cannot go on"),
                    outcome.message());
            EvictionReport report = kernel.kernel().ask(engine -> engine.evictions().reports().getFirst());
            assertEquals("machine bad1 null", report.slot() + " " + report.variant() + " " + report.successor());
        }
    }

    @Test
    void whoeverIsChosenAgainIsForgivenAndTheOthersAreNot() {
        try (TestKernel kernel = boot()) {
            runWithBadOnes(kernel, Place.SCHED, new Proc[1]);
            kernel.swap("sched", "bad2");
            assertNull(kernel.kernel().engine().haltReason());
            SlotGuard guard = kernel.kernel().slots().find("sched").guard();
            assertEquals(List.of(true, false, true), BAD.stream().map(guard::evicted).toList());
            assertEquals(RunOutcome.Reason.HALTED, kernel.kernel().run(RunLimit.none()).reason());
            assertEquals("sched bad2 null", evictions(kernel).getLast());
            assertEquals(BAD.size() + 1, evictions(kernel).size());
        }
    }

    /** Evicts m2 in favour of 4bsd, which the user then chooses. */
    private static SlotGuard withoutM2(TestKernel kernel) {
        SlotGuard guard = kernel.kernel().slots().find("sched").guard();
        kernel.swap("sched", "m2");
        kernel.kernel().act("evict sched", engine -> {
            guard.dismiss();
            return null;
        });
        kernel.swap("sched", "4bsd");
        assertTrue(guard.evicted("m2"));
        assertFalse(kernel.kernel().<Boolean>ask(engine -> guard.hasFallback()));
        return guard;
    }

    @Test
    void oneThatComesAnewIsForgivenButDoesNotTakeTheSlot() throws Exception {
        try (TestKernel kernel = boot()) {
            SlotGuard guard = withoutM2(kernel);
            assertTrue(kernel.kernel().wants("sched", "m2"));
            assertNull(kernel.kernel().offer("sched", "m2").get());
            assertFalse(kernel.kernel().wants("sched", "m2"));
            assertEquals("4bsd", guard.variant());
            assertTrue(kernel.kernel().<Boolean>ask(engine -> guard.hasFallback()));
        }
    }

    @Test
    void oneThatFailedDoesNotReplaceAVariantThatGoes() throws Exception {
        try (TestKernel kernel = boot()) {
            withoutM2(kernel);
            assertNull(kernel.kernel().replace("sched", List.of("m2")).get().changes().getFirst().to());
            assertTrue(kernel.kernel().engine().haltReason().startsWith("no scheduler: start a bundle"));
        }
    }
}
