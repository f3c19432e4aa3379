// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedBlackIndexTest extends EntryIndexTest {
    private static final int ENTRIES = 4096;

    @Override
    MapIndexKind kind() {
        return MapIndexKind.rbtree();
    }

    @Test
    void staysShallow() {
        RedBlackIndex index = new RedBlackIndex(2 * ENTRIES);
        List<VmMapEntry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            VmMapEntry entry = new VmMapEntry();
            entry.start = 2L * i;
            entry.end = 2L * i + 1;
            if (i > 0) {
                entry.previous = entries.getLast();
                entry.previous.next = entry;
            }
            index.insert(entry);
            entries.add(entry);
        }
        checkDepth(entries);
        Collections.shuffle(entries, new Random(3));
        while (entries.size() > ENTRIES / 64) {
            VmMapEntry entry = entries.removeLast();
            index.remove(entry);
            if (entry.previous != null) {
                entry.previous.next = entry.next;
            }
            if (entry.next != null) {
                entry.next.previous = entry.previous;
            }
        }
        checkDepth(entries);
    }

    private static void checkDepth(List<VmMapEntry> entries) {
        double most = 2 * Math.log(entries.size() + 1) / Math.log(2);
        for (VmMapEntry entry : entries) {
            int depth = 0;
            for (VmMapEntry node = entry; node != null; node = node.parent) {
                depth++;
            }
            assertTrue(depth <= most, entry + " is " + depth + " deep");
        }
    }
}
