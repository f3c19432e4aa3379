// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsidAllocatorTest {
    private final AsidAllocator asids = new AsidAllocator(8);

    @Test
    void handsOutEachIdentifierOnceAndNeverTheKernels() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 255; i++) {
            seen.add(AsidAllocator.identifier(asids.allocate()));
        }
        assertEquals(255, seen.size());
        assertFalse(seen.contains(0));
        assertEquals(AsidAllocator.EXHAUSTED, asids.allocate());
    }

    @Test
    void aNewEpochEndsOldTagsButKeepsReservedIdentifiers() {
        long old = asids.allocate();
        asids.newEpoch();
        assertFalse(asids.isCurrent(old));
        long kept = asids.reserve(AsidAllocator.identifier(old));
        assertTrue(asids.isCurrent(kept));
        assertEquals(AsidAllocator.identifier(old), AsidAllocator.identifier(kept));
        assertEquals(2, AsidAllocator.identifier(asids.allocate()));
    }

    @Test
    void aFreedIdentifierIsFoundAgainAfterTheOthers() {
        long first = asids.allocate();
        asids.free(first);
        assertEquals(2, AsidAllocator.identifier(asids.allocate()));
        for (int i = 3; i <= 255; i++) {
            asids.allocate();
        }
        assertEquals(1, AsidAllocator.identifier(asids.allocate()));
        assertEquals(AsidAllocator.EXHAUSTED, asids.allocate());
    }

    @Test
    void freeingAnOldTagDoesNothing() {
        long old = asids.allocate();
        asids.newEpoch();
        long fresh = asids.allocate();
        asids.free(old);
        assertEquals(AsidAllocator.identifier(old), AsidAllocator.identifier(fresh));
        assertEquals(2, AsidAllocator.identifier(asids.allocate()));
    }

    @Test
    void zeroIsNeverACurrentTag() {
        assertFalse(asids.isCurrent(0));
    }
}
