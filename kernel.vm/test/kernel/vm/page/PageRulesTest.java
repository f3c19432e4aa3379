// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import kernel.vm.object.VmObject;
import kernel.vm.testing.TestKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be done with a page in which state, and when memory is short. */
class PageRulesTest {
    private static void with(BiConsumer<TestKernel, PagePool> body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> body.accept(kernel, kernel.vm.pages()));
        }
    }

    private static VmPage page(TestKernel kernel, VmObject object, long index) {
        VmPage page = kernel.vm.pages().allocate(object, index);
        page.valid(VmPage.ALL);
        page.busy(false);
        return page;
    }

    private static VmObject object(TestKernel kernel) {
        return kernel.vm.context().objects().anonymous(16);
    }

    @Test
    void aNewPageIsBusyAndHasNothing() {
        with((kernel, pages) -> {
            VmPage page = pages.allocate(object(kernel), 3);
            assertTrue(page.busy() && page.valid() == 0 && page.dirty() == 0 && page.queue() == null);
            assertSame(page, pages.find(page.owner(), 3));
        });
    }

    @Test
    void aWiredPageCountsOnceAndIsOnNoQueue() {
        with((kernel, pages) -> {
            VmPage page = page(kernel, object(kernel), 0);
            pages.activate(page);
            int wired = pages.wired();
            pages.wire(page);
            pages.wire(page);
            assertEquals(wired + 1, pages.wired());
            assertNull(page.queue());
            pages.unwire(page);
            assertEquals(wired + 1, pages.wired());
            pages.unwire(page);
            assertEquals(wired, pages.wired());
            assertNotNull(page.queue());
        });
    }

    @Test
    void aHeldPageIsFreedWhenItIsLetGo() {
        with((kernel, pages) -> {
            VmObject object = object(kernel);
            VmPage page = page(kernel, object, 0);
            int free = pages.free().size();
            pages.hold(page);
            pages.free(page);
            assertNull(pages.find(object, 0));
            assertEquals(free, pages.free().size());
            pages.unhold(page);
            assertEquals(free + 1, pages.free().size());
        });
    }

    @Test
    void aCachedPageIsFoundAndComesBack() {
        with((kernel, pages) -> {
            VmObject object = object(kernel);
            VmPage page = page(kernel, object, 0);
            pages.activate(page);
            int available = pages.available();
            pages.cache(page);
            assertTrue(pages.cached(page));
            assertEquals(available + 1, pages.available());
            assertSame(page, pages.find(object, 0));
            pages.activate(page);
            assertFalse(pages.cached(page));
        });
    }

    @Test
    void aRenamedPageCountsAsModified() {
        with((kernel, pages) -> {
            VmPage page = page(kernel, object(kernel), 0);
            VmObject other = object(kernel);
            pages.rename(page, other, 7);
            assertSame(page, pages.find(other, 7));
            assertEquals(VmPage.ALL, page.dirty());
        });
    }

    @Test
    void aReservePrivateToTheSystemIsKept() {
        with((kernel, pages) -> {
            VmObject object = kernel.vm.context().objects().anonymous(1 << 20);
            int taken = 0;
            while (pages.allocate(object, taken) != null) {
                taken++;
            }
            assertEquals(pages.thresholds().freeReserved(), pages.available());
            assertTrue(pages.allocateTable(1) >= 0, "page tables may still be made");
        });
    }

    /** Computed from the rules by hand; the last one is a small memory, where they are scaled down. */
    @ParameterizedTest
    @CsvSource({
        "65536, 2, 136, 462, 299, 1984, 1984, 2976, 16, 21845", "4096, 2, 56, 75, 65, 206, 206, 309, 16, 1365",
        "1024, 2, 16, 24, 20, 64, 0, 256, 8, 341"})
    void thresholds(int frames, int interrupt, int reserved, int min, int severe, int target, int cache, int inactive,
            int cluster, int maxWired) {
        assertEquals(
                new PageThresholds(interrupt, reserved, min, severe, target, cache, inactive, cluster, maxWired),
                PageThresholds.of(frames));
    }

    @Test
    void whenMemoryCountsAsShort() {
        with((kernel, pages) -> {
            VmObject object = kernel.vm.context().objects().anonymous(1 << 20);
            PageThresholds t = pages.thresholds();
            for (int i = 0; !pages.pagingNeeded(); i++) {
                assertFalse(pages.belowMin() || pages.belowSevere());
                pages.allocate(object, i);
            }
            assertTrue(pages.available() < t.freeReserved() + t.cacheMin() + 1);
            assertEquals(t.freeTarget() + t.cacheMin() - pages.available(), pages.pagingTarget());
        });
    }
}
