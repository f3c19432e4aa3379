// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.Test;

/** Compares the walker with a slow decoder written from the tables of the manual, on random page tables. */
class LongModeWalkerPropertyTest {
    private static final int PAGES = 24;
    private static final int INDICES = 3;
    private static final int PHYSICAL_BITS = 46;

    @Test
    void agreesWithTheManual() {
        Random random = new Random(20060321);
        LongModeWalker walker = new LongModeWalker(4, PHYSICAL_BITS);
        int[] kinds = new int[6];
        for (int table = 0; table < 200; table++) {
            try (PhysicalMemory memory = new PhysicalMemory(PAGES << 12)) {
                fill(memory, random);
                for (int access = 0; access < 60; access++) {
                    long va = address(random);
                    int kind = 1 << random.nextInt(3);
                    Naive expected = Naive.walk(memory, va, kind);
                    Translation found = new Translation();
                    assertEquals(expected.kind, walker.walk(memory, 0x1000, va, kind, found), expected::toString);
                    kinds[expected.kind]++;
                    check(expected, found, memory);
                }
            }
        }
        for (int kind : new int[] {FaultKind.NONE, FaultKind.TRANSLATION, FaultKind.PERMISSION, FaultKind.RESERVED}) {
            assertEquals(true, kinds[kind] > 50, FaultKind.name(kind) + " was seen " + kinds[kind] + " times");
        }
    }

    private static void check(Naive expected, Translation found, PhysicalMemory memory) {
        if (expected.kind == FaultKind.NONE) {
            assertEquals(expected.frame, found.frame);
            assertEquals(expected.rights, found.rights);
            assertEquals(expected.pageShift, found.pageShift);
            assertEquals(expected.global, found.global);
        }
        for (int i = 0; i < expected.depth; i++) {
            assertEquals(Long.toHexString(expected.after[i]), Long.toHexString(memory.get64(expected.slots[i])));
        }
    }

    private static void fill(PhysicalMemory memory, Random random) {
        for (int page = 1; page < PAGES; page++) {
            for (int index = 0; index < INDICES; index++) {
                memory.put64(((long) page << 12) + index * 8L, entry(random));
            }
        }
    }

    private static long entry(Random random) {
        long entry = (long) (1 + random.nextInt(PAGES - 1)) << 12;
        entry |= random.nextInt(12) == 0 ? 0 : 1;
        entry |= random.nextInt(8) == 0 ? 0 : 2;
        entry |= random.nextInt(8) == 0 ? 0 : 4;
        entry |= random.nextInt(8) == 0 ? 0x80 : 0;
        entry |= random.nextInt(8) == 0 ? 1L << 63 : 0;
        entry |= random.nextInt(30) == 0 ? 1L << 47 : 0;
        return entry | random.nextInt(4) << 5 | random.nextInt(16) << 8;
    }

    private static long address(Random random) {
        long va = 0;
        for (int level = 0; level < 4; level++) {
            va = va << 9 | random.nextInt(INDICES);
        }
        return va << 12 | random.nextInt(4096);
    }

    /** One walk, decoded step by step; what memory must hold afterwards is in {@link #after}. */
    private static final class Naive {
        int kind;
        long frame;
        int rights;
        int pageShift;
        boolean global;
        int depth;
        final long[] slots = new long[4];
        final long[] after = new long[4];

        static Naive walk(PhysicalMemory memory, long va, int access) {
            Naive walk = new Naive();
            long table = 0x1000;
            String[] names = {"PML4E", "PDPTE", "PDE", "PTE"};
            int[] shifts = {39, 30, 21, 12};
            boolean writable = true;
            boolean user = true;
            boolean executable = true;
            for (int i = 0; i < 4; i++) {
                long slot = table + (va >>> shifts[i]) % 512 * 8;
                long e = memory.get64(slot);
                walk.slots[walk.depth] = slot;
                walk.after[walk.depth++] = e;
                if (!bit(e, 0)) {
                    walk.kind = FaultKind.TRANSLATION;
                    return walk;
                }
                boolean leaf = names[i].equals("PTE") || bit(e, 7) && !names[i].equals("PML4E");
                if (hasReserved(names[i], e)) {
                    walk.kind = FaultKind.RESERVED;
                    return walk;
                }
                writable &= bit(e, 1);
                user &= bit(e, 2);
                executable &= !bit(e, 63);
                if (leaf) {
                    walk.rights = user ? 1 + (writable ? 2 : 0) + (executable ? 4 : 0) : 0;
                    walk.frame = (e & 0xffffffffff000L) >>> shifts[i] << shifts[i];
                    walk.pageShift = shifts[i];
                    walk.global = bit(e, 8);
                    walk.kind = (walk.rights & access) == 0 ? FaultKind.PERMISSION : FaultKind.NONE;
                    walk.markUsed(access);
                    return walk;
                }
                table = e & 0xffffffffff000L;
            }
            throw new AssertionError();
        }

        private void markUsed(int access) {
            if (kind != FaultKind.NONE) {
                return;
            }
            for (int i = 0; i < depth; i++) {
                // A table may be on the path twice; later entries see what the earlier ones left.
                for (int j = 0; j < depth; j++) {
                    if (slots[j] == slots[i]) {
                        after[j] |= 0x20 | (access == Access.WRITE && i == depth - 1 ? 0x40 : 0);
                    }
                }
            }
        }

        private static boolean hasReserved(String name, long e) {
            for (int bit = PHYSICAL_BITS; bit < 52; bit++) {
                if (bit(e, bit)) {
                    return true;
                }
            }
            int top = switch (name) {
                case "PDPTE" -> 29;
                case "PDE" -> 20;
                default -> 0;
            };
            for (int bit = 13; bit <= top && bit(e, 7); bit++) {
                if (bit(e, bit)) {
                    return true;
                }
            }
            return name.equals("PML4E") && bit(e, 7);
        }

        private static boolean bit(long e, int n) {
            return (e >>> n & 1) == 1;
        }

        @Override
        public String toString() {
            return FaultKind.name(kind) + " after " + depth + " entries, last 0x" + Long.toHexString(after[depth - 1]);
        }
    }
}
