// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kernel.vm.clock.Clock;
import kernel.vm.page.PageQueue;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.PageRecord;
import kernel.vm.pageout.PageoutHost;
import kernel.vm.pageout.PageoutPolicy;
import kernel.vm.twoqueue.TwoQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit passes the shipped policies, and each of its checks finds the policy that breaks its rule. */
class PageoutKitTest {
    /** The clock, with one thing changed by each mutant. */
    private static class Mutant implements PageoutPolicy {
        final Clock clock = new Clock();
        PageoutHost host;

        @Override
        public void attach(PageoutHost core) {
            host = core;
            clock.attach(core);
        }

        @Override
        public void activated(VmPage page) {
            clock.activated(page);
        }

        @Override
        public void deactivated(VmPage page, boolean first) {
            clock.deactivated(page, first);
        }

        @Override
        public void removed(VmPage page) {
            clock.removed(page);
        }

        @Override
        public void scan(int pass) {
            clock.scan(pass);
        }

        @Override
        public boolean idle(VmPage page) {
            return clock.idle(page);
        }

        @Override
        public int pages() {
            return clock.pages();
        }

        @Override
        public void forEachPage(Consumer<VmPage> visitor) {
            clock.forEachPage(visitor);
        }

        @Override
        public List<PageQueue> queues() {
            return clock.queues();
        }

        @Override
        public void exportPage(VmPage page, PageRecord record) {
            clock.exportPage(page, record);
        }

        @Override
        public void importPage(VmPage page, PageRecord record) {
            clock.importPage(page, record);
        }

        VmPage firstPage() {
            return clock.queues().getFirst().first();
        }
    }

    /** Breaks scans. */
    private static Supplier<PageoutPolicy> scanning(Consumer<Mutant> scan) {
        return () -> new Mutant() {
            @Override
            public void scan(int pass) {
                scan.accept(this);
            }
        };
    }

    private static List<VmPage> all(Mutant mutant) {
        List<VmPage> pages = new ArrayList<>();
        mutant.forEachPage(pages::add);
        return pages;
    }

    private static void everything(Mutant mutant) {
        for (VmPage page : all(mutant)) {
            if (!mutant.host.untouchable(page) && (!mutant.host.modified(page) || mutant.host.launder(page) == 0)) {
                mutant.host.reclaim(page);
            }
        }
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("forgets what is wired for good", "lets a page go that is wired", () -> new Mutant() {
                    private final Set<VmPage> gone = new HashSet<>();

                    @Override
                    public void removed(VmPage page) {
                        super.removed(page);
                        gone.add(page);
                    }

                    @Override
                    public void activated(VmPage page) {
                        if (!gone.contains(page)) {
                            super.activated(page);
                        }
                    }
                }),
                mutant("keeps what leaves", "lets pages go that are freed", () -> new Mutant() {
                    @Override
                    public void removed(VmPage page) {
                        // Stays on the circle.
                    }
                }),
                mutant("loses what is not needed", "has every page it was given", () -> new Mutant() {
                    @Override
                    public void deactivated(VmPage page, boolean first) {
                        if (page.queue() != null) {
                            clock.removed(page);
                        }
                    }
                }),
                mutant("counts wrongly", "has every page it was given", () -> new Mutant() {
                    @Override
                    public int pages() {
                        return Math.max(0, super.pages() - 1);
                    }
                }),
                mutant("lists twice", "has a page once", () -> new Mutant() {
                    @Override
                    public void forEachPage(Consumer<VmPage> visitor) {
                        super.forEachPage(visitor);
                        super.forEachPage(visitor);
                    }
                }),
                mutant("shuffles when it lists", "shows its pages without changing", () -> new Mutant() {
                    @Override
                    public void forEachPage(Consumer<VmPage> visitor) {
                        super.forEachPage(visitor);
                        if (firstPage() != null) {
                            clock.deactivated(firstPage(), false);
                            VmPage page = firstPage();
                            clock.removed(page);
                            clock.activated(page);
                        }
                    }
                }),
                mutant("throws when asked", "answers idle", () -> new Mutant() {
                    @Override
                    public boolean idle(VmPage page) {
                        throw new IllegalStateException("never asked me before");
                    }
                }),
                mutant("takes nothing back", "takes clean pages back", scanning(m -> { })),
                mutant("takes everything back", "not many more than are short", scanning(PageoutKitTest::everything)),
                mutant("scans though nothing is short", "takes nothing back when nothing is short",
                        scanning(PageoutKitTest::everything)),
                mutant("never ages", "in the end although all were used", scanning(m -> {
                    for (VmPage page : all(m)) {
                        if (m.host.shortage() > 0 && !page.referenced() && !m.host.untouchable(page)
                                && (!m.host.modified(page) || m.host.launder(page) == 0)) {
                            m.host.reclaim(page);
                        }
                    }
                })),
                mutant("does not look at references", "spares the pages that are used", scanning(m -> {
                    for (VmPage page : all(m)) {
                        if (m.host.shortage() > 0 && !m.host.untouchable(page)
                                && (!m.host.modified(page) || m.host.launder(page) == 0)) {
                            m.host.reclaim(page);
                        }
                    }
                })),
                mutant("has no first", "takes a page first", () -> new Mutant() {
                    @Override
                    public void deactivated(VmPage page, boolean first) {
                        super.deactivated(page, false);
                    }
                }),
                mutant("does not write", "has modified pages written", () -> new Mutant() {
                    @Override
                    public void attach(PageoutHost core) {
                        super.attach(core);
                        clock.attach(new NoDisk(core));
                    }
                }),
                mutant("waits for the disk inside", "ends a scan when the disk takes no more", scanning(m -> {
                    while (m.host.shortage() > 0 && m.firstPage() != null) {
                        VmPage page = m.firstPage();
                        if (m.host.modified(page)) {
                            m.host.launder(page);
                        } else {
                            m.host.reclaim(page);
                        }
                    }
                })),
                mutant("asks about strangers", "has nothing to scan", scanning(m -> {
                    if (m.pages() == 0) {
                        m.host.untouchable(null);
                    }
                    m.clock.scan(0);
                })),
                mutant("exports no age", "hands every page over", () -> new Mutant() {
                    @Override
                    public void exportPage(VmPage page, PageRecord record) {
                        record.age = -1;
                    }
                }),
                mutant("drops what it takes over", "hands every page over", () -> new Mutant() {
                    @Override
                    public void importPage(VmPage page, PageRecord record) {
                        if (page.frame() % 7 != 0) {
                            super.importPage(page, record);
                        }
                    }
                }),
                mutant("says that all are active", "used pages are active", () -> new Mutant() {
                    @Override
                    public void exportPage(VmPage page, PageRecord record) {
                        record.active = true;
                        record.age = 1;
                    }
                }),
                mutant("gives up on objects that nobody uses", "objects that nobody uses", scanning(m -> {
                    if (m.firstPage() != null && m.host.inUse(m.firstPage())) {
                        m.clock.scan(0);
                    }
                })));
    }

    /** A host whose disk never does anything. */
    private record NoDisk(PageoutHost core) implements PageoutHost {
        @Override
        public kernel.vm.page.PageThresholds thresholds() {
            return core.thresholds();
        }

        @Override
        public int shortage() {
            return core.shortage();
        }

        @Override
        public boolean untouchable(VmPage page) {
            return core.untouchable(page);
        }

        @Override
        public boolean inUse(VmPage page) {
            return core.inUse(page);
        }

        @Override
        public int takeReferences(VmPage page) {
            return core.takeReferences(page);
        }

        @Override
        public boolean modified(VmPage page) {
            return core.modified(page);
        }

        @Override
        public boolean reclaim(VmPage page) {
            return core.reclaim(page);
        }

        @Override
        public int launder(VmPage page) {
            return 0;
        }

        @Override
        public boolean mayLaunder() {
            return core.mayLaunder();
        }
    }

    private static Arguments mutant(String what, String check, Supplier<PageoutPolicy> policy) {
        return Arguments.of(what, check, policy);
    }

    private static List<String> failures(Supplier<PageoutPolicy> policy) {
        List<String> failed = new ArrayList<>();
        for (PageoutCheck check : PageoutKit.checks()) {
            try {
                check.run(policy);
            } catch (AssertionError | RuntimeException e) {
                failed.add(check.name());
            }
        }
        return failed;
    }

    @Test
    void theShippedPoliciesPass() {
        assertEquals(List.of(), failures(TwoQueue::new));
        assertEquals(List.of(), failures(Clock::new));
        assertEquals(List.of(), failures(Mutant::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void aMutantIsCaught(String what, String check, Supplier<PageoutPolicy> policy) {
        List<String> failed = failures(policy);
        assertTrue(failed.stream().anyMatch(name -> name.contains(check)), "it fails only " + failed);
    }

    @Test
    void checksHaveNamesOfTheirOwn() {
        List<String> names = PageoutKit.checks().stream().map(PageoutCheck::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
        assertFalse(names.isEmpty());
    }
}
