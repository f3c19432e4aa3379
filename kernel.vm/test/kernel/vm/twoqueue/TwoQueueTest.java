// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.twoqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kernel.vm.object.VmObject;
import kernel.vm.page.PageThresholds;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.PageoutHost;
import kernel.vm.testing.TestKernel;
import org.junit.jupiter.api.Test;

/** The decisions of the two queues, with a host that does what the test says. */
class TwoQueueTest {
    private final TwoQueue policy = new TwoQueue();
    private final Host host = new Host();
    private final List<VmPage> pages = new ArrayList<>();

    /** A host of pages by number. */
    private final class Host implements PageoutHost {
        int shortage = 1;
        int references;
        boolean used = true;
        boolean dirty;
        boolean busy;
        final Set<Integer> reclaimed = new TreeSet<>();
        final List<Integer> laundered = new ArrayList<>();

        @Override
        public PageThresholds thresholds() {
            return PageThresholds.of(4096);
        }

        @Override
        public int shortage() {
            return shortage;
        }

        @Override
        public boolean untouchable(VmPage page) {
            return busy;
        }

        @Override
        public boolean inUse(VmPage page) {
            return used;
        }

        @Override
        public int takeReferences(VmPage page) {
            return references;
        }

        @Override
        public boolean modified(VmPage page) {
            return dirty;
        }

        @Override
        public boolean reclaim(VmPage page) {
            policy.removed(page);
            reclaimed.add(pages.indexOf(page));
            return true;
        }

        @Override
        public int launder(VmPage page) {
            laundered.add(pages.indexOf(page));
            return 1;
        }

        @Override
        public boolean mayLaunder() {
            return true;
        }
    }

    private void with(int count, Runnable body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                VmObject object = kernel.vm.context().objects().anonymous(count);
                for (int i = 0; i < count; i++) {
                    VmPage page = kernel.vm.pages().allocate(object, i);
                    page.valid(VmPage.ALL);
                    page.busy(false);
                    pages.add(page);
                }
                policy.attach(host);
                body.run();
                pages.forEach(policy::removed);
            });
        }
    }

    private void inactive(int... which) {
        for (int i : which) {
            policy.deactivated(pages.get(i), false);
        }
    }

    @Test
    void theOldestCandidateGoesFirst() {
        with(3, () -> {
            inactive(0, 1);
            policy.deactivated(pages.get(2), true);
            policy.scan(0);
            assertEquals(Set.of(2), host.reclaimed, "no more than the shortage");
        });
    }

    @Test
    void aCandidateThatWasUsedIsActive() {
        with(2, () -> {
            inactive(0, 1);
            host.references = 2;
            pages.get(0).markReferenced();
            policy.scan(0);
            assertTrue(host.reclaimed.isEmpty());
            assertFalse(policy.idle(pages.get(0)));
            assertEquals(TwoQueue.ACT_INIT + 2 + TwoQueue.ACT_ADVANCE + 1 + TwoQueue.ACT_ADVANCE + 2,
                    pages.get(0).actCount(), "promoted, and aged once as an active page");
            assertFalse(pages.get(0).referenced());
        });
    }

    @Test
    void whatNobodyHasDoesNotCountAsUsed() {
        with(1, () -> {
            inactive(0);
            host.references = 2;
            host.used = false;
            policy.scan(0);
            assertEquals(Set.of(0), host.reclaimed);
        });
    }

    @Test
    void aModifiedPageHasASecondChance() {
        with(1, () -> {
            inactive(0);
            host.dirty = true;
            policy.scan(0);
            assertEquals(List.of(), host.laundered);
            policy.scan(0);
            assertEquals(List.of(0), host.laundered);
        });
    }

    @Test
    void aDesperateScanWritesAtOnce() {
        with(1, () -> {
            inactive(0);
            host.dirty = true;
            policy.scan(1);
            assertEquals(List.of(0), host.laundered);
        });
    }

    @Test
    void aFirstScanWritesThirtyTwo() {
        with(40, () -> {
            for (int i = 0; i < 40; i++) {
                inactive(i);
                pages.get(i).secondChance(true);
            }
            host.dirty = true;
            host.shortage = 100;
            policy.scan(0);
            assertEquals(32, host.laundered.size());
        });
    }

    @Test
    void anActivePageAges() {
        with(1, () -> {
            VmPage page = pages.get(0);
            page.actCount(3);
            policy.activated(page);
            host.dirty = true;
            for (int age = 2; age > 0; age--) {
                policy.scan(0);
                assertEquals(age, page.actCount());
                assertFalse(policy.idle(page));
            }
            policy.scan(0);
            assertTrue(policy.idle(page));
        });
    }

    @Test
    void anActivePageInUseGetsNoOlderThanSixtyFour() {
        with(1, () -> {
            VmPage page = pages.get(0);
            policy.activated(page);
            host.references = 5;
            for (int i = 0; i < 20; i++) {
                policy.scan(0);
            }
            assertEquals(TwoQueue.ACT_MAX, page.actCount());
        });
    }

    @Test
    void anActivePageThatNobodyHasGoesAtOnce() {
        with(1, () -> {
            pages.get(0).actCount(50);
            policy.activated(pages.get(0));
            host.used = false;
            policy.scan(0);
            assertEquals(Set.of(0), host.reclaimed);
        });
    }

    @Test
    void whatNobodyMayTouchStays() {
        with(2, () -> {
            inactive(0);
            policy.activated(pages.get(1));
            host.busy = true;
            policy.scan(1);
            assertTrue(host.reclaimed.isEmpty() && host.laundered.isEmpty());
            assertEquals(2, policy.pages());
        });
    }
}
