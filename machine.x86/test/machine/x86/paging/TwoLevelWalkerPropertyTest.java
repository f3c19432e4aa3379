// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.Test;

/** Compares the walker of 32-bit paging with a slow decoder written from the manual, on random page tables. */
class TwoLevelWalkerPropertyTest {
    private static final int PAGES = 16;
    private static final int INDICES = 4;

    private final TwoLevelWalker walker = new TwoLevelWalker(36);

    @Test
    void agreesWithTheManual() {
        Random random = new Random(431);
        int[] kinds = new int[6];
        for (int table = 0; table < 200; table++) {
            try (PhysicalMemory memory = new PhysicalMemory(PAGES << 12)) {
                for (int slot = 0; slot < PAGES * INDICES; slot++) {
                    memory.put32((slot / INDICES << 12) + slot % INDICES * 4, entry(random));
                }
                for (int access = 0; access < 60; access++) {
                    long va = (long) random.nextInt(INDICES) << 22 | random.nextInt(INDICES) << 12 | random.nextInt(4096);
                    kinds[compare(memory, va, 1 << random.nextInt(3))]++;
                }
            }
        }
        for (int kind : new int[] {FaultKind.NONE, FaultKind.TRANSLATION, FaultKind.PERMISSION, FaultKind.RESERVED}) {
            assertEquals(true, kinds[kind] > 50, FaultKind.name(kind) + " was seen " + kinds[kind] + " times");
        }
    }

    private static int entry(Random random) {
        int entry = 1 + random.nextInt(PAGES - 1) << 12;
        entry |= random.nextInt(10) == 0 ? 0 : 1;
        entry |= random.nextInt(6) == 0 ? 0 : 2;
        entry |= random.nextInt(6) == 0 ? 0 : 4;
        entry |= random.nextInt(6) == 0 ? 0x80 : 0;
        entry |= (entry & 0x80) != 0 && random.nextInt(4) == 0 ? 1 << 21 : 0;
        return entry | random.nextInt(4) << 5 | random.nextInt(16) << 8;
    }

    private int compare(PhysicalMemory memory, long va, int access) {
        long pde = 0x1000 + (va >>> 22) * 4;
        long directory = memory.get32(pde) & 0xffffffffL;
        boolean large = (directory & 0x81) == 0x81;
        long pte = (directory & 0xfffff000L) + (va >>> 12) % 1024 * 4;
        long entry = (directory & 1) == 0 || large ? directory : memory.get32(pte) & 0xffffffffL;
        long both = directory & entry;
        int rights = (both & 4) == 0 ? 0 : (both & 2) == 0 ? 5 : 7;
        int kind = FaultKind.NONE;
        if ((directory & 1) == 0 || (entry & 1) == 0) {
            kind = FaultKind.TRANSLATION;
        } else if (large && (directory >>> 17 & 0x1f) != 0) {
            // Bit 21, and with 36 bits of physical address bits 20 to 17, which would be address bits 39 to 36.
            kind = FaultKind.RESERVED;
        } else if ((rights & access) == 0) {
            kind = FaultKind.PERMISSION;
        }
        Translation found = new Translation();
        assertEquals(kind, walker.walk(memory, 0x1000, va, access, found), () -> "0x" + Long.toHexString(directory)
                + " 0x" + Long.toHexString(entry));
        if (kind == FaultKind.NONE) {
            checkFound(found, large, directory, entry, rights, access);
            long used = memory.get32(large ? pde : pte);
            assertEquals(0x20 | (access == Access.WRITE ? 0x40 : 0), used & (0x20 | (access == Access.WRITE ? 0x40 : 0)));
            assertEquals(0x20, memory.get32(pde) & 0x20);
        } else {
            assertEquals(directory, memory.get32(pde) & 0xffffffffL);
        }
        return kind;
    }

    private static void checkFound(Translation found, boolean large, long directory, long entry,
            int rights, int access) {
        long frame = large ? directory & 0xffc00000L | (directory >>> 13 & 0xff) << 32 : entry & 0xfffff000L;
        assertEquals(frame, found.frame);
        assertEquals(large ? 22 : 12, found.pageShift);
        assertEquals(rights, found.rights);
        assertEquals((entry & 0x100) != 0, found.global);
        assertEquals(access == Access.WRITE || (entry & 0x40) != 0, found.dirtyKnown);
    }
}
