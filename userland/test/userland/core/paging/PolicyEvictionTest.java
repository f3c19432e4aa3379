// SPDX-License-Identifier: BSD-2-Clause
package userland.core.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import kernel.vm.page.PageQueue;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.PageRecord;
import kernel.vm.pageout.PageoutHost;
import kernel.vm.pageout.PageoutPolicy;
import machine.core.engine.RunLimit;
import machine.core.slot.FixedVariants;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.EvictionReport.Kind;
import machine.core.watchdog.HostWatchdog;
import machine.core.watchdog.Overdue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Kernels;
import userland.core.process.Spawner;
import userland.program.Program;
import userland.program.User;

/** Pageout policies that break a rule while programs page: they go, the fallback takes over, and nothing is lost. */
class PolicyEvictionTest {
    /** First in, first out, and correct; the mutants below are not. */
    private static class Fifo implements PageoutPolicy {
        final PageQueue queue = new PageQueue("fifo");
        PageoutHost host;

        @Override
        public void attach(PageoutHost core) {
            host = core;
        }

        @Override
        public void activated(VmPage page) {
            if (page.queue() == null) {
                queue.addLast(page);
            }
        }

        @Override
        public void deactivated(VmPage page, boolean first) {
            activated(page);
        }

        @Override
        public void removed(VmPage page) {
            queue.remove(page);
        }

        @Override
        public void scan(int pass) {
            for (int left = queue.size(); left > 0 && host.shortage() > 0 && host.mayLaunder(); left--) {
                VmPage page = queue.first();
                queue.remove(page);
                queue.addLast(page);
                if (!host.untouchable(page) && (!host.modified(page) || host.launder(page) == 0)) {
                    host.reclaim(page);
                }
            }
        }

        @Override
        public boolean idle(VmPage page) {
            return true;
        }

        @Override
        public int pages() {
            return queue.size();
        }

        @Override
        public void forEachPage(Consumer<VmPage> visitor) {
            for (VmPage page = queue.first(); page != null; page = queue.next(page)) {
                visitor.accept(page);
            }
        }

        @Override
        public List<PageQueue> queues() {
            return List.of(queue);
        }

        @Override
        public void exportPage(VmPage page, PageRecord record) {
        }

        @Override
        public void importPage(VmPage page, PageRecord record) {
            activated(page);
        }
    }

    private static final class Thrower extends Fifo {
        private int calls;

        @Override
        public void activated(VmPage page) {
            if (++calls > 200) {
                throw new IllegalStateException("no more");
            }
            super.activated(page);
        }
    }

    private static final class ScanThrower extends Fifo {
        @Override
        public void scan(int pass) {
            throw new AssertionError("no scan");
        }
    }

    private static final class Loser extends Fifo {
        @Override
        public void scan(int pass) {
            queue.remove(queue.first());
        }
    }

    private static final class Keeper extends Fifo {
        @Override
        public void removed(VmPage page) {
        }
    }

    private static final class Thief extends Fifo {
        private VmPage gone;

        @Override
        public void removed(VmPage page) {
            super.removed(page);
            gone = page;
        }

        @Override
        public void scan(int pass) {
            super.scan(pass);
            if (gone != null && !gone.pageable()) {
                host.reclaim(gone);
            }
        }
    }

    private static final class Doubler extends Fifo {
        @Override
        public int pages() {
            return super.pages() > 100 ? super.pages() + 1 : super.pages();
        }
    }

    private static final class Idler extends Fifo {
        @Override
        public void scan(int pass) {
        }
    }

    /** Does not come back from one callback; the safepoints are those that a bundle gets when it is loaded. */
    private static final class Hanger extends Fifo {
        private final String callback;
        private final HostWatchdog watchdog;
        private final boolean sleeps;

        Hanger(String callback, HostWatchdog watchdog, boolean sleeps) {
            this.callback = callback;
            this.watchdog = watchdog;
            this.sleeps = sleeps;
        }

        private void in(String reached) {
            while (reached.equals(callback) && pages() > 100) {
                watchdog.look();
                if (!sleeps) {
                    Overdue.poll();
                } else if (Thread.currentThread().isInterrupted()) {
                    sleepForEver();
                }
            }
        }

        /** The library makes an exception of its own of the interruption, which has no message. */
        private static void sleepForEver() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException interrupted) {
                throw new CancellationException();
            }
        }

        @Override
        public void activated(VmPage page) {
            in("activated");
            super.activated(page);
        }

        @Override
        public void removed(VmPage page) {
            in("removed");
            super.removed(page);
        }

        @Override
        public void scan(int pass) {
            in("scan");
            super.scan(pass);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "activated, false", "activated, true", "removed, false", "removed, true", "scan, false", "scan, true"
    })
    void whoHangsIsEvicted(String callback, boolean sleeps) {
        HostWatchdog watchdog = HostWatchdog.driven();
        List<EvictionReport> faults = faultsOf(() -> new Hanger(callback, watchdog, sleeps), watchdog);
        assertEquals(1, faults.size(), faults.toString());
        assertEquals(Kind.OVERDUE, faults.getFirst().kind(), faults.getFirst().message());
        assertTrue(faults.getFirst().message().contains(" broke a rule in " + callback + ": it did not come back"),
                faults.getFirst().message());
        assertTrue(faults.getFirst().stack().stream().anyMatch(frame -> frame.contains("Hanger")));
    }

    static Stream<Arguments> mutants() {
        return Stream.of(mutant(Kind.THROW, "it threw java.lang.IllegalStateException: no more", Thrower::new),
                mutant(Kind.THROW, "in scan: it threw", ScanThrower::new),
                mutant(Kind.LOST, "pages where", Loser::new), mutant(Kind.DUPLICATE, "pages where", Doubler::new),
                mutant(Kind.DUPLICATE, "left its custody", Keeper::new),
                mutant(Kind.THROW, "is not in custody", Thief::new),
                mutant(Kind.STARVED, "took nothing back", Idler::new));
    }

    private static Arguments mutant(Kind kind, String problem, Supplier<PageoutPolicy> policy) {
        return Arguments.of(kind, problem, policy);
    }

    private record Paging() implements Program {
        @Override
        public String name() {
            return "paging";
        }

        @Override
        public String description() {
            return "a test";
        }

        @Override
        public int main(User user, String[] args) {
            return PagedMemory.main(user, args);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("mutants")
    void isEvicted(Kind kind, String problem, Supplier<PageoutPolicy> policy) {
        List<EvictionReport> faults = faultsOf(policy);
        assertEquals(1, faults.size(), faults.toString());
        EvictionReport fault = faults.getFirst();
        assertEquals(kind, fault.kind(), fault.message());
        assertTrue(fault.message().startsWith("pageout policy zzz broke a rule in "), fault.message());
        assertTrue(fault.message().contains(problem), fault.message());
        assertEquals("pageout zzz twoqueue", fault.slot() + " " + fault.variant() + " " + fault.successor());
        assertEquals(kind == Kind.THROW, !fault.stack().isEmpty());
    }

    @Test
    void theReportHasTheLastDecisions() {
        EvictionReport fault = faultsOf(Thief::new).getFirst();
        assertTrue(fault.decisions().stream().anyMatch(line -> line.matches("\\d+ ns cpu0 launder frame \\d+ -> \\d+")),
                fault.decisions().toString());
        assertEquals("pagedaemon", fault.running());
    }

    @Test
    void aCorrectOneStays() {
        assertEquals(List.of(), faultsOf(Fifo::new));
    }

    private static List<EvictionReport> faultsOf(Supplier<PageoutPolicy> policy) {
        return faultsOf(policy, HostWatchdog.driven());
    }

    private static List<EvictionReport> faultsOf(Supplier<PageoutPolicy> policy, HostWatchdog watchdog) {
        FixedVariants variants = ((FixedVariants) new Kernels().variants()).add("pageout", "zzz", policy);
        KernelConfig config = KernelConfig.standard().withMemoryBytes(2L << 20).withVariant("pageout", "zzz");
        try (Kernel kernel = Kernel.boot(config, variants, Kernel.standardCalls())) {
            watchdog.add(kernel.engine().watch());
            Proc proc = Spawner.spawn(kernel, new Paging(), List.of("3", "900", "700"), 0, line -> { });
            kernel.run(RunLimit.none());
            assertEquals(List.of(), kernel.checkInvariants());
            assertEquals("0 0", kernel.ask(engine -> proc.exitStatus() + " " + proc.exitSignal()));
            return kernel.ask(engine -> engine.evictions().reports());
        }
    }
}
