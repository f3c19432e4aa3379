// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.Test;

/** Compares the walker with a slow decoder written from the tables of the manual, on random page tables. */
class LongDescriptorWalkerPropertyTest {
    private static final int PAGES = 24;
    private static final int INDICES = 3;
    private static final int PHYSICAL_BITS = 44;

    @Test
    void agreesWithTheManual() {
        Random random = new Random(19971027);
        LongDescriptorWalker walker = new LongDescriptorWalker(PHYSICAL_BITS, false);
        int[] kinds = new int[6];
        for (int table = 0; table < 200; table++) {
            try (PhysicalMemory memory = new PhysicalMemory(PAGES << 12)) {
                fill(memory, random);
                for (int access = 0; access < 60; access++) {
                    long va = address(random);
                    int kind = 1 << random.nextInt(3);
                    Naive expected = Naive.walk(memory, va, kind);
                    Translation found = new Translation();
                    int actual = walker.walk(memory, 0x1000, va, kind, found);
                    assertEquals(FaultKind.name(expected.kind), FaultKind.name(actual), () -> Long.toHexString(va));
                    kinds[actual]++;
                    check(expected, found);
                }
            }
        }
        for (int kind = FaultKind.NONE; kind <= FaultKind.RESERVED; kind++) {
            assertTrue(kinds[kind] > 50, FaultKind.name(kind) + " was seen " + kinds[kind] + " times");
        }
    }

    private static void check(Naive expected, Translation found) {
        if (expected.kind == FaultKind.NONE) {
            assertEquals(expected.frame, found.frame);
            assertEquals(expected.rights, found.rights);
            assertEquals(expected.pageShift, found.pageShift);
            assertEquals(expected.global, found.global);
        } else {
            assertEquals(expected.status, found.statusCode & 0x3f);
        }
    }

    private static void fill(PhysicalMemory memory, Random random) {
        for (int page = 1; page < PAGES; page++) {
            for (int index = 0; index < INDICES; index++) {
                memory.put64(((long) page << 12) + index * 8L, descriptor(random));
            }
        }
    }

    private static long descriptor(Random random) {
        long entry = (long) (1 + random.nextInt(PAGES - 1)) << 12;
        entry |= random.nextInt(12) == 0 ? 0 : 1;
        entry |= random.nextInt(8) == 0 ? 0 : 2;
        entry |= random.nextInt(6) == 0 ? 0 : 1L << 6;
        entry |= random.nextInt(6) == 0 ? 0 : 1L << 10;
        entry |= random.nextInt(30) == 0 ? 1L << 45 : 0;
        entry |= random.nextInt(10) == 0 ? 1L << 60 + random.nextInt(3) : 0;
        return entry | random.nextInt(8) << 7 & ~(1L << 10) | (long) random.nextInt(2) << 11
                | (long) random.nextInt(4) << 53;
    }

    private static long address(Random random) {
        long va = 0;
        for (int level = 0; level < 4; level++) {
            va = va << 9 | random.nextInt(INDICES);
        }
        return va << 12 | random.nextInt(4096);
    }

    /** One walk, decoded step by step. */
    private static final class Naive {
        int kind;
        int status;
        long frame;
        int rights;
        int pageShift;
        boolean global;

        static Naive walk(PhysicalMemory memory, long va, int access) {
            Naive walk = new Naive();
            long table = 0x1000;
            int[] shifts = {39, 30, 21, 12};
            boolean user = true;
            boolean writable = true;
            boolean executable = true;
            for (int level = 0; level < 4; level++) {
                long d = memory.get64(table + (va >>> shifts[level]) % 512 * 8);
                int type = (int) (d & 3);
                boolean invalid = type == 0 || type == 2 || type == 1 && (level == 0 || level == 3);
                if (invalid) {
                    return walk.fault(FaultKind.TRANSLATION, 0b000100 | level);
                }
                if ((d >>> PHYSICAL_BITS & 0xf) != 0) {
                    return walk.fault(FaultKind.RESERVED, level);
                }
                if (level < 3 && type == 3) {
                    user &= !bit(d, 61);
                    writable &= !bit(d, 62);
                    executable &= !bit(d, 60);
                    table = d & 0xfffffffff000L;
                    continue;
                }
                if (!bit(d, 10)) {
                    return walk.fault(FaultKind.ACCESS_FLAG, 0b001000 | level);
                }
                boolean mayRead = user && bit(d, 6);
                walk.rights = mayRead ? 1 : 0;
                walk.rights += mayRead && writable && !bit(d, 7) ? 2 : 0;
                walk.rights += mayRead && executable && !bit(d, 54) ? 4 : 0;
                walk.frame = (d & 0xfffffffff000L) >>> shifts[level] << shifts[level];
                walk.pageShift = shifts[level];
                walk.global = !bit(d, 11);
                return (walk.rights & access) != 0 ? walk : walk.fault(FaultKind.PERMISSION, 0b001100 | level);
            }
            throw new AssertionError();
        }

        private Naive fault(int faultKind, int faultStatus) {
            kind = faultKind;
            status = faultStatus;
            return this;
        }

        private static boolean bit(long d, int n) {
            return (d >>> n & 1) == 1;
        }
    }
}
