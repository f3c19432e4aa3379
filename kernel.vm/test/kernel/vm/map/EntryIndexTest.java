// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An index against a sorted map, through all operations, with hundreds of entries. */
abstract class EntryIndexTest {
    private static final long MAX = 1L << 20;
    private static final int STEPS = 20_000;

    private final EntryIndex index = kind().create(MAX);
    private final TreeMap<Long, VmMapEntry> model = new TreeMap<>();
    private final Random random = new Random(11);

    /** The structure under test. */
    abstract MapIndexKind kind();

    @Test
    void behavesLikeASortedMap() {
        for (int step = 0; step < STEPS; step++) {
            long at = random.nextInt((int) MAX - 64);
            switch (random.nextInt(step < STEPS / 2 ? 6 : 8)) {
                case 0, 1, 2 -> insert(at);
                case 3 -> moveStart(at);
                case 4 -> moveEnd(at);
                case 5 -> checkGap(at);
                default -> remove(at);
            }
            Map.Entry<Long, VmMapEntry> expected = model.floorEntry(at);
            assertSame(expected == null ? null : expected.getValue(), index.floor(at));
        }
        while (!model.isEmpty()) {
            remove(random.nextInt((int) MAX));
        }
        assertSame(null, index.floor(MAX));
    }

    private VmMapEntry floor(long at) {
        Map.Entry<Long, VmMapEntry> entry = model.floorEntry(at);
        return entry == null ? null : entry.getValue();
    }

    private void insert(long at) {
        VmMapEntry before = floor(at);
        VmMapEntry after = before == null ? (model.isEmpty() ? null : model.firstEntry().getValue()) : before.next;
        long end = at + 1 + random.nextInt(16);
        if (before != null && before.end > at || after != null && after.start < end) {
            return;
        }
        VmMapEntry entry = new VmMapEntry();
        entry.start = at;
        entry.end = end;
        entry.previous = before;
        entry.next = after;
        if (before != null) {
            before.next = entry;
        }
        if (after != null) {
            after.previous = entry;
        }
        model.put(at, entry);
        index.insert(entry);
    }

    private void remove(long at) {
        VmMapEntry entry = floor(at);
        if (entry == null) {
            return;
        }
        model.remove(entry.start);
        index.remove(entry);
        if (entry.previous != null) {
            entry.previous.next = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        }
    }

    private void moveStart(long at) {
        VmMapEntry entry = floor(at);
        if (entry != null) {
            long lowest = entry.previous == null ? 0 : entry.previous.end;
            long start = lowest + random.nextInt((int) (entry.end - lowest));
            model.remove(entry.start);
            index.moveStart(entry, start);
            entry.start = start;
            model.put(start, entry);
        }
    }

    private void moveEnd(long at) {
        VmMapEntry entry = floor(at);
        if (entry != null) {
            long highest = entry.next == null ? MAX : entry.next.start;
            entry.end = entry.start + 1 + random.nextInt((int) (highest - entry.start));
            index.gapChanged(entry);
        }
    }

    private void checkGap(long at) {
        VmMapEntry from = floor(at);
        if (from == null) {
            return;
        }
        long length = 1 + random.nextInt(2000);
        VmMapEntry expected = from.next;
        while (expected != null && gap(expected) < length) {
            expected = expected.next;
        }
        assertSame(expected, index.nextGap(from, length));
    }

    private static long gap(VmMapEntry entry) {
        return (entry.next == null ? MAX : entry.next.start) - entry.end;
    }

    @Test
    void theEndOfSpaceMayMove() {
        insert(10);
        VmMapEntry entry = floor(10);
        insert(1000);
        assertEquals(null, index.nextGap(entry, MAX));
        index.limit(4 * MAX);
        assertSame(floor(1000), index.nextGap(entry, MAX));
    }
}
