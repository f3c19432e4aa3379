// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.Test;

/** Compares the walker with a slow decoder written from the manual's tables, on random page tables. */
class ShortDescriptorWalkerPropertyTest {
    private static final long ROOT = 0x4000;
    private static final int TABLES = 8;

    private final ShortDescriptorWalker walker = new ShortDescriptorWalker();

    @Test
    void agreesWithTheManual() {
        Random random = new Random(406);
        int[] kinds = new int[6];
        for (int table = 0; table < 300; table++) {
            try (PhysicalMemory memory = new PhysicalMemory(64 << 12)) {
                for (int i = 0; i < 4; i++) {
                    memory.put32(ROOT + i * 4, first(random));
                }
                for (int i = 0; i < TABLES * 4; i++) {
                    memory.put32(0x1_0000 + i / 4 * 0x400 + i % 4 * 4, random.nextInt());
                }
                for (int access = 0; access < 60; access++) {
                    long va = (long) random.nextInt(4) << 20 | random.nextInt(4) << 12 | random.nextInt(4096);
                    kinds[compare(memory, va, 1 << random.nextInt(3))]++;
                }
            }
        }
        for (int kind : new int[] {FaultKind.NONE, FaultKind.TRANSLATION, FaultKind.PERMISSION, FaultKind.ACCESS_FLAG}) {
            assertEquals(true, kinds[kind] > 50, FaultKind.name(kind) + " was seen " + kinds[kind] + " times");
        }
    }

    /** Mostly tables in domain 1, some sections and supersections with random attributes. */
    private static int first(Random random) {
        int choice = random.nextInt(8);
        if (choice < 5) {
            int domain = random.nextInt(6) == 0 ? 2 : 1;
            return 0x1_0000 + random.nextInt(TABLES) * 0x400 | domain << 5 | 1;
        }
        int attributes = random.nextInt() & ~0x1e0 & ~(1 << 18);
        return choice == 5 ? random.nextInt() & ~3 : attributes | 2 | (choice == 7 ? 1 << 18 : 1 << 5);
    }

    private int compare(PhysicalMemory memory, long va, int access) {
        int l1 = memory.get32(ROOT + (va >>> 20) * 4);
        boolean section = (l1 & 2) != 0;
        boolean supersection = section && (l1 >>> 18 & 1) != 0;
        int l2 = section || (l1 & 3) == 0 ? 0 : memory.get32((l1 & 0xfffffc00L) + (va >>> 12 & 255) * 4);
        boolean small = (l2 & 2) != 0;
        int domain = supersection ? 0 : l1 >>> 5 & 15;
        // AP[2:0] and XN of what maps the page.
        int ap = section ? l1 >>> 13 & 4 | l1 >>> 10 & 3 : l2 >>> 7 & 4 | l2 >>> 4 & 3;
        int xn = section ? l1 >>> 4 & 1 : small ? l2 & 1 : l2 >>> 15 & 1;
        int rights = (ap & 2) == 0 ? 0 : 1 + ((ap & 4) == 0 ? 2 : 0) + (xn == 0 ? 4 : 0);
        int kind;
        if (!section && ((l1 & 3) == 0 || (l2 & 3) == 0)) {
            kind = FaultKind.TRANSLATION;
        } else if ((ap & 1) == 0) {
            kind = FaultKind.ACCESS_FLAG;
        } else if (domain > 1 || (rights & access) == 0) {
            kind = FaultKind.PERMISSION;
        } else {
            kind = FaultKind.NONE;
        }
        Translation found = new Translation();
        assertEquals(kind, walker.walk(memory, ROOT, va, access, found),
                () -> Integer.toHexString(l1) + " " + Integer.toHexString(l2));
        if (kind == FaultKind.NONE) {
            int shift = supersection ? 24 : section ? 20 : small ? 12 : 16;
            long base = (section ? l1 : l2) & 0xffffffffL & -(1L << shift);
            long high = supersection ? (long) (l1 >>> 20 & 15) << 32 | (long) (l1 >>> 5 & 15) << 36 : 0;
            assertEquals(base | high, found.frame);
            assertEquals(shift, found.pageShift);
            assertEquals(rights, found.rights);
            assertEquals((section ? l1 >>> 17 : l2 >>> 11) % 2 == 0, found.global);
        }
        return kind;
    }
}
