// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import kernel.vm.disk.SwapSpace;
import kernel.vm.testing.TestKernel;
import machine.core.engine.KernelPanic;
import org.junit.jupiter.api.Test;

/** Which page is in which block: records, moves, ranges. */
class SwapBlocksTest {
    private static final int MANY = 3000;

    private static void with(BiConsumer<VmObjects, SwapBlocks> body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> body.accept(kernel.vm.context().objects(), kernel.vm.context().objects().swap()));
        }
    }

    private static int put(SwapBlocks blocks, VmObject object, long index) {
        int block = blocks.space().allocate();
        blocks.put(object, index, block);
        return block;
    }

    @Test
    void everyPageIsFound() {
        with((objects, blocks) -> {
            VmObject one = objects.anonymous(1L << 40);
            VmObject two = objects.anonymous(1L << 40);
            int[] expected = new int[MANY];
            for (int i = 0; i < MANY; i++) {
                expected[i] = put(blocks, i % 2 == 0 ? one : two, (long) i * i);
            }
            for (int i = 0; i < MANY; i++) {
                assertEquals(expected[i], blocks.find(i % 2 == 0 ? one : two, (long) i * i));
                assertEquals(-1, blocks.find(i % 2 == 0 ? two : one, (long) i * i));
            }
            objects.deallocate(one);
            objects.deallocate(two);
            assertEquals(0, blocks.space().inUse());
        });
    }

    @Test
    void onePageHasOneBlock() {
        with((objects, blocks) -> {
            VmObject object = objects.anonymous(4);
            put(blocks, object, 1);
            assertThrows(KernelPanic.class, () -> put(blocks, object, 1));
        });
    }

    @Test
    void rangesAreFreed() {
        with((objects, blocks) -> {
            VmObject object = objects.anonymous(64);
            for (int i = 0; i < 64; i++) {
                put(blocks, object, i);
            }
            blocks.freeRange(object, 10, 40);
            assertEquals(34, blocks.space().inUse());
            assertEquals(-1, blocks.find(object, 10));
            assertTrue(blocks.find(object, 9) >= 0 && blocks.find(object, 40) >= 0);
        });
    }

    @Test
    void inAMoveTheTargetWins() {
        with((objects, blocks) -> {
            VmObject source = objects.anonymous(8);
            VmObject target = objects.anonymous(4);
            int outside = put(blocks, source, 1);
            put(blocks, source, 2);
            put(blocks, source, 3);
            int moved = put(blocks, source, 4);
            int own = put(blocks, target, 0);
            blocks.move(source, 2, 4, target, index -> index == 1);
            assertEquals(outside, blocks.find(source, 1), "outside of the range");
            assertEquals(own, blocks.find(target, 0), "has a block of its own");
            assertEquals(-1, blocks.find(target, 1), "has the page in memory");
            assertEquals(moved, blocks.find(target, 2));
            assertEquals(ObjectType.SWAP, target.type());
            assertEquals(3, blocks.space().inUse());
        });
    }

    @Test
    void aDeviceGivesNeighboursUntilItIsFull() {
        SwapSpace space = new SwapSpace(4 * 4096);
        for (int i = 0; i < 4; i++) {
            assertEquals(i, space.allocate());
        }
        assertEquals(-1, space.allocate());
        assertTrue(space.full());
        space.free(1);
        assertEquals(1, space.allocate(), "round the end");
        space.free(2);
        space.free(3);
        assertTrue(!space.full());
        assertEquals(2, space.available());
        assertThrows(IllegalStateException.class, () -> space.free(3));
    }
}
