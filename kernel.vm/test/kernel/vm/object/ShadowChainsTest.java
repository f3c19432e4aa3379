// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.testing.TestKernel;
import org.junit.jupiter.api.Test;

/** Shadows, their merging and skipping, and the splitting of objects. */
class ShadowChainsTest {
    private static void with(Consumer<VmContext> body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> body.accept(kernel.vm.context()));
        }
    }

    private static VmPage page(VmContext context, VmObject object, long index) {
        VmPage page = context.pages().allocate(object, index);
        page.valid(VmPage.ALL);
        page.busy(false);
        context.pages().activate(page);
        return page;
    }

    /** A shadow of an object that somebody else uses too. */
    private static VmObject shadow(VmContext context, VmObject source, long pages) {
        context.objects().reference(source);
        return context.objects().chains().shadow(source, 0, pages);
    }

    @Test
    void theOnlyUserNeedsNoShadow() {
        with(context -> {
            VmObject object = context.objects().anonymous(4);
            assertSame(object, context.objects().chains().shadow(object, 0, 4));
            assertNotSame(object, shadow(context, object, 4));
            assertEquals(1, object.shadowCount());
            assertTrue(!object.oneMapping());
        });
    }

    @Test
    void whatOnlyAShadowUsesIsMerged() {
        with(context -> {
            VmObject backing = context.objects().anonymous(4);
            VmPage own = page(context, backing, 0);
            VmPage hidden = page(context, backing, 1);
            VmObject shadow = shadow(context, backing, 4);
            VmPage copy = page(context, shadow, 1);
            int live = context.objects().live();
            context.objects().deallocate(backing);
            assertEquals(live - 1, context.objects().live());
            assertNull(shadow.backing());
            assertSame(own, context.pages().find(shadow, 0));
            assertEquals(VmPage.ALL, own.dirty(), "moved pages count as modified");
            assertSame(copy, context.pages().find(shadow, 1));
            assertNull(hidden.owner(), "freed");
            assertEquals(1, context.counters().get(VmCounter.COLLAPSES));
        });
    }

    @Test
    void whatAShadowHidesIsSkipped() {
        with(context -> {
            VmObject backing = context.objects().anonymous(2);
            page(context, backing, 0);
            VmObject shadow = shadow(context, backing, 2);
            context.objects().chains().collapse(shadow);
            assertSame(backing, shadow.backing(), "page 0 is seen through it");
            page(context, shadow, 0);
            context.objects().chains().collapse(shadow);
            assertNull(shadow.backing());
            assertEquals(1, backing.refCount());
            assertEquals(1, context.counters().get(VmCounter.BYPASSES));
        });
    }

    @Test
    void aPageOnSwapIsNotSkipped() {
        with(context -> {
            VmObject backing = context.objects().anonymous(2);
            context.objects().swap().put(backing, 1, context.objects().swap().space().allocate());
            VmObject shadow = shadow(context, backing, 2);
            page(context, shadow, 0);
            context.objects().chains().collapse(shadow);
            assertSame(backing, shadow.backing());
        });
    }

    @Test
    void theOffsetsOfAMergedChainAddUp() {
        with(context -> {
            VmObject bottom = context.objects().anonymous(8);
            VmPage page = page(context, bottom, 5);
            context.objects().reference(bottom);
            VmObject middle = context.objects().chains().shadow(bottom, 2L << PagePool.PAGE_SHIFT, 6);
            context.objects().reference(middle);
            VmObject top = context.objects().chains().shadow(middle, 1L << PagePool.PAGE_SHIFT, 4);
            context.objects().deallocate(middle);
            assertSame(bottom, top.backing());
            assertEquals(5, top.backingIndex(2));
            assertSame(page, context.objects().findInChain(top, 2));
        });
    }

    @Test
    void aPartGoesIntoAnObjectOfItsOwn() {
        with(context -> {
            VmObject whole = context.objects().anonymous(8);
            VmPage low = page(context, whole, 1);
            VmPage high = page(context, whole, 5);
            assertSame(whole, context.objects().chains().split(whole, 0, 8), "its only user");
            context.objects().reference(whole);
            VmObject part = context.objects().chains().split(whole, 4L << PagePool.PAGE_SHIFT, 4);
            assertSame(high, context.pages().find(part, 1));
            assertSame(low, context.pages().find(whole, 1));
            assertNull(context.pages().find(whole, 5));
            assertEquals(1, whole.refCount());
            assertNotNull(high.owner());
        });
    }
}
