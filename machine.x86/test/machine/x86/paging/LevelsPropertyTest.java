// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the walkers of PAE and of 5-level paging with a slow decoder written from the manual, on random tables. */
class LevelsPropertyTest {
    private static final int PAGES = 24;
    private static final int INDICES = 3;

    @ParameterizedTest
    @CsvSource({"pae, 36", "la57, 46"})
    void agreesWithTheManual(String mode, int physicalBits) {
        boolean pae = mode.equals("pae");
        int levels = pae ? 3 : 5;
        Walker walker = pae ? new PaeWalker(physicalBits) : new LongModeWalker(5, physicalBits);
        Random random = new Random(57 + levels);
        int[] kinds = new int[6];
        for (int table = 0; table < 200; table++) {
            try (PhysicalMemory memory = new PhysicalMemory(PAGES << 12)) {
                for (int slot = 0; slot < PAGES * INDICES; slot++) {
                    memory.put64((slot / INDICES << 12) + slot % INDICES * 8L, entry(random, pae && slot < 2 * INDICES));
                }
                for (int access = 0; access < 60; access++) {
                    long va = random.nextInt(4096);
                    for (int level = 0; level < levels; level++) {
                        va |= (long) random.nextInt(INDICES) << 12 + 9 * level;
                    }
                    kinds[compare(walker, memory, va, 1 << random.nextInt(3), levels, pae, physicalBits)]++;
                }
            }
        }
        for (int kind : new int[] {FaultKind.NONE, FaultKind.TRANSLATION, FaultKind.PERMISSION, FaultKind.RESERVED}) {
            assertEquals(true, kinds[kind] > 30, FaultKind.name(kind) + " was seen " + kinds[kind] + " times");
        }
    }

    private static long entry(Random random, boolean pointer) {
        long entry = (long) (2 + random.nextInt(PAGES - 2)) << 12;
        entry |= random.nextInt(14) == 0 ? 0 : 1;
        entry |= random.nextInt(40) == 0 ? 1L << 48 : 0;
        if (pointer) {
            return entry | (random.nextInt(20) == 0 ? 2 : 0);
        }
        entry |= random.nextInt(10) == 0 ? 0 : 2;
        entry |= random.nextInt(10) == 0 ? 0 : 4;
        entry |= random.nextInt(10) == 0 ? 0x80 : 0;
        entry |= random.nextInt(10) == 0 ? 1L << 63 : 0;
        return entry | random.nextInt(4) << 5 | random.nextInt(16) << 8;
    }

    private static int compare(Walker walker, PhysicalMemory memory, long va, int access, int levels, boolean pae,
            int physicalBits) {
        long table = 0x1000;
        int kind = -1;
        boolean user = true;
        boolean writable = true;
        boolean fetchable = true;
        long leaf = 0;
        int shift = 12 + 9 * levels;
        while (kind < 0) {
            shift -= 9;
            long entry = memory.get64(table + (va >>> shift) % 512 * 8);
            boolean pointer = pae && shift == 30;
            boolean last = shift == 12 || (entry & 0x80) != 0 && shift <= 30 && !pointer;
            if ((entry & 1) == 0) {
                kind = FaultKind.TRANSLATION;
            } else if (reserved(entry, shift, pointer, last, physicalBits)) {
                kind = FaultKind.RESERVED;
            } else if (!pointer) {
                user &= (entry & 4) != 0;
                writable &= (entry & 2) != 0;
                fetchable &= entry >= 0;
            }
            if (kind < 0 && last) {
                leaf = entry;
                int rights = !user ? 0 : 1 + (writable ? 2 : 0) + (fetchable ? 4 : 0);
                kind = (rights & access) == 0 ? FaultKind.PERMISSION : FaultKind.NONE;
            }
            table = entry & 0xffffffffff000L;
        }
        Translation found = new Translation();
        assertEquals(kind, walker.walk(memory, 0x1000, va, access, found), "0x" + Long.toHexString(va));
        if (kind == FaultKind.NONE) {
            assertEquals((leaf & 0xffffffffff000L) >>> shift << shift, found.frame);
            assertEquals(shift, found.pageShift);
            assertEquals((leaf & 0x100) != 0, found.global);
            assertEquals(access == Access.WRITE || (leaf & 0x40) != 0, found.dirtyKnown);
        }
        return kind;
    }

    private static boolean reserved(long entry, int shift, boolean pointer, boolean last, int physicalBits) {
        long address = entry & 0xfffffffffffffL & -(1L << physicalBits);
        if (pointer) {
            return address != 0 || (entry & 0x1e6) != 0 || entry >>> 52 != 0;
        }
        boolean misplaced = (entry & 0x80) != 0 && shift > 30;
        boolean low = last && shift > 12 && (entry & (1L << shift) - 1 & -(1L << 13)) != 0;
        return address != 0 || misplaced || low;
    }
}
