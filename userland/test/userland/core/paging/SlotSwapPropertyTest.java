// SPDX-License-Identifier: BSD-2-Clause
package userland.core.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import kernel.vm.page.VmCounter;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;

/** Swaps in every slot at random events while pages go out and come in, under programs that know their memory. */
class SlotSwapPropertyTest {
    private static final Map<String, List<String>> VARIANTS = new TreeMap<>(Map.of(
            "pageout", List.of("twoqueue", "clock"),
            "machine", List.of("amd64", "amd64-la57", "aarch64", "aarch64-hafdbs"),
            "mapindex", List.of("chunks", "splay", "rbtree"),
            "vm", List.of("fixed", "modern", "seed"),
            "lwp", List.of("1.47", "1.84"),
            "sched", List.of("4bsd", "m2")));
    private static final int MAX_GAP = 60;
    private static final int MAX_WAIT = 300;
    private static final int PAGES = 700;
    /** The events before the first page goes out, and those between which something is swapped. */
    private static final int BEFORE = 100_000;
    private static final int EVENTS = 1200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingIsLost(long seed) {
        Random random = new Random(seed);
        KernelConfig config = KernelConfig.standard().withCpus(2).withSeed(seed).withMemoryBytes(2L << 20);
        try (Session session = new Session(config)) {
            List<Proc> processes = List.of(session.spawn(PagedMemory::main, "1", "" + PAGES, "400"),
                    session.spawn(PagedMemory::main, "2", "" + PAGES, "400"));
            int[] swaps = new int[1];
            int inFlight = 0;
            while (advance(session.kernel(), random)) {
                Kernel kernel = session.kernel();
                inFlight += kernel.ask(engine -> kernel.vm().context().transfers().disk().waiting()) > 0 ? 1 : 0;
                String slot = List.copyOf(VARIANTS.keySet()).get(random.nextInt(VARIANTS.size()));
                List<String> names = VARIANTS.get(slot);
                session.swap(slot, names.get(swaps[0]++ % names.size()));
                assertEquals(List.of(), kernel.checkInvariants(), "after swap " + swaps[0] + " of " + slot);
            }
            session.run();
            for (Proc process : processes) {
                assertEquals("0 0", session.kernel().ask(engine -> process.exitStatus() + " " + process.exitSignal()),
                        "process " + process.pid() + " after " + swaps[0] + " swaps: " + session.output());
            }
            assertTrue(inFlight >= 10, inFlight + " of " + swaps[0] + " swaps with transfers under way");
            assertTrue(session.kernel().ask(engine ->
                    session.kernel().vm().counters().get(VmCounter.PAGE_OUTS)) > 300, "pages out");
            PagingTest.assertNothingLeft(session);
        }
    }

    /** The slots of the memory layer, one after the other, between any two events of two programs that need more than there is. */
    @Test
    void alsoAtEveryEvent() {
        List<String> slots = List.of("mapindex", "pageout", "vm");
        KernelConfig config = KernelConfig.standard().withCpus(2).withSeed(4).withMemoryBytes(2L << 20);
        try (Session session = new Session(config)) {
            List<Proc> processes = List.of(session.spawn(PagedMemory::main, "3", "" + PAGES, "250"),
                    session.spawn(PagedMemory::main, "4", "" + PAGES, "250"));
            Kernel kernel = session.kernel();
            kernel.run(RunLimit.events(BEFORE).orWhen(() -> kernel.vm().context().transfers().disk().waiting() > 0));
            boolean goesOn = true;
            for (int swap = 0; goesOn && swap < EVENTS; swap++) {
                String slot = slots.get(swap % slots.size());
                List<String> names = VARIANTS.get(slot);
                session.swap(slot, names.get(swap / slots.size() % names.size()));
                goesOn = kernel.run(RunLimit.events(1)).reason() == RunOutcome.Reason.LIMIT;
            }
            assertEquals(List.of(), kernel.checkInvariants());
            session.run();
            for (Proc process : processes) {
                assertEquals("0 0", kernel.ask(engine -> process.exitStatus() + " " + process.exitSignal()));
            }
            PagingTest.assertNothingLeft(session);
        }
    }

    /** Runs some events, every other time on until a page is in transit; false when the programs have ended. */
    private static boolean advance(Kernel kernel, Random random) {
        RunOutcome outcome = kernel.run(RunLimit.events(1 + random.nextInt(MAX_GAP)));
        if (random.nextBoolean() && outcome.reason() == RunOutcome.Reason.LIMIT) {
            outcome = kernel.run(RunLimit.events(MAX_WAIT).orWhen(
                    () -> kernel.vm().context().transfers().disk().waiting() > 0));
        }
        return outcome.reason() == RunOutcome.Reason.LIMIT || outcome.reason() == RunOutcome.Reason.CONDITION;
    }
}
