// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.map.VmSpace;
import kernel.vm.object.VmProfile;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.SharedProcess;
import kernel.vm.testing.SharedProcess.Lwp;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two or three calls or accesses on as many CPUs at once. They start together, then one of them ever later and then the
 * other, in steps of several lengths, so that each meets every part of the other: each has one of the outcomes that some
 * order explains, nothing is lost, and nothing is left.
 */
class InterleavingTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final long STACK = 0x1000_0000;
    private static final int STACK_BYTES = 1 << 20;
    private static final int RW = 3;
    private static final int FD = 0;
    private static final int SEEDS = 8;
    /** The first side starts later by up to this many steps, then the second one. */
    private static final int LATEST = 12;
    private static final int ROUNDS = 2 * LATEST + 1;
    private static final int STEP_NANOS = 13;
    private static final int SIGNAL = -1;

    @TempDir
    static Path root;

    /** One of two competitors: what it does in a round, as an errno or {@link #SIGNAL}. */
    private interface Side {
        int act(SharedProcess process, Lwp lwp, Random random);
    }

    private record Pair(String name, List<Side> sides, List<Set<Integer>> may) {
        Pair(String name, Side first, Set<Integer> firstMay, Side second, Set<Integer> secondMay) {
            this(name, List.of(first, second), List.of(firstMay, secondMay));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static int store(Lwp lwp, long address, long value) {
        return lwp.memory.store64(address, value) == 0 ? 0 : SIGNAL;
    }

    private static int load(Lwp lwp, long address) {
        return lwp.memory.load64(address) == 0 ? 0 : SIGNAL;
    }

    private static int remap(Lwp lwp) {
        return lwp.call("mmap", A, 4 * P, RW, MAP_ANON | MAP_FIXED, -1, 0);
    }

    private static Side unmapAndBack() {
        return (process, lwp, random) -> {
            int error = lwp.call("munmap", A + P, 2 * P);
            return error != 0 ? error : remap(lwp);
        };
    }

    static Stream<Arguments> pairs() {
        Set<Integer> fine = Set.of(0);
        return Stream.of(
                new Pair("mincore against munmap",
                        (process, lwp, random) -> lwp.call("mincore", A, 4 * P, TEXT + 64), Set.of(0, Errno.ENOMEM),
                        unmapAndBack(), fine),
                new Pair("mlock against munmap",
                        (process, lwp, random) -> {
                            int error = lwp.call("mlock", A, 4 * P);
                            return error != 0 ? error : lwp.call("munlock", A, 4 * P);
                        }, Set.of(0, Errno.ENOMEM), unmapAndBack(), fine),
                new Pair("mlock against mprotect",
                        (process, lwp, random) -> {
                            int error = lwp.call("mlock", A, 2 * P);
                            return error != 0 ? error : lwp.call("munlock", A, 2 * P);
                        }, Set.of(0, Errno.ENOMEM),
                        (process, lwp, random) -> lwp.call("mprotect", A + P, 2 * P, random.nextInt(4)), fine),
                new Pair("mlock against mprotect against munmap",
                        List.of((process, lwp, random) -> {
                            int error = lwp.call("mlock", A, 4 * P);
                            return error != 0 ? error : lwp.call("munlock", A, 4 * P);
                        }, (process, lwp, random) -> lwp.call("mprotect", A, 3 * P, random.nextInt(4)), unmapAndBack()),
                        List.of(Set.of(0, Errno.ENOMEM), fine, fine)),
                new Pair("mprotect against a store",
                        (process, lwp, random) -> lwp.call("mprotect", A, P, random.nextBoolean() ? 1 : RW), fine,
                        (process, lwp, random) -> store(lwp, A, 1), Set.of(0, SIGNAL)),
                new Pair("a fault against ftruncate",
                        (process, lwp, random) -> load(lwp, STACK - 16 * P + P), Set.of(0, SIGNAL),
                        (process, lwp, random) -> lwp.call("ftruncate", FD, random.nextInt(3) * P), fine),
                new Pair("fork against a fault",
                        (process, lwp, random) -> {
                            VmSpace child = process.vm.spaces().fork(process.vmspace());
                            child.free();
                            return 0;
                        }, fine, (process, lwp, random) -> store(lwp, A + random.nextInt(4) * P, 1), fine),
                new Pair("msync against a store",
                        (process, lwp, random) -> lwp.call("msync", STACK - 16 * P, P, 0), fine,
                        (process, lwp, random) -> store(lwp, STACK - 16 * P, 2), fine),
                new Pair("msync against write",
                        (process, lwp, random) -> lwp.call("msync", STACK - 16 * P, P, 2), fine,
                        (process, lwp, random) -> {
                            lwp.call("lseek", FD, 8, 0);
                            return lwp.call("write", FD, TEXT, 8);
                        }, fine),
                new Pair("a growing stack against mmap",
                        (process, lwp, random) -> store(lwp, STACK + random.nextInt(STACK_BYTES / 8) * 8L, 3),
                        Set.of(0, SIGNAL),
                        (process, lwp, random) -> {
                            long at = STACK + random.nextInt(64) * P;
                            int error = lwp.call("mmap", at, P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                            return error != 0 ? error : lwp.call("munmap", at, P);
                        }, fine),
                new Pair("mmap against mmap",
                        (process, lwp, random) -> lwp.call("mmap", 0, P, RW, MAP_ANON, -1, 0), fine,
                        (process, lwp, random) -> lwp.call("mmap", 0, 2 * P, RW, MAP_ANON | MAP_SHARED, -1, 0), fine))
                .flatMap(pair -> Stream.of(VmProfile.fixed(), VmProfile.modern()).map(p -> Arguments.of(pair, p.name(), p)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void inManyOrders(Pair pair, String name, VmProfile profile) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Files.write(root.resolve("data"), new byte[(int) (2 * P)]);
            run(pair, profile, seed);
        }
    }

    private static void run(Pair pair, VmProfile profile, long seed) {
        int cpus = pair.sides().size();
        try (SharedProcess process = new SharedProcess(cpus, seed, root)) {
            process.vm.context().profile(profile);
            // How many rounds each side has begun.
            int[] begun = new int[cpus];
            for (int side = 0; side < cpus; side++) {
                int self = side;
                process.start(lwp -> {
                    if (self == 0) {
                        prepare(process, lwp);
                    }
                    compete(process, lwp, pair, self, begun, new Random(seed * cpus + self));
                });
            }
            process.engine.run(RunLimit.none());
            assertNull(process.engine.panic(), () -> "seed " + seed + ": " + process.engine.panic());
            assertEquals(0, process.alive(), "LWPs that are stuck, seed " + seed);
            MapChecks.check(process.vm);
            process.files().closeAll();
            process.vmspace().free();
            assertEquals(0, process.vm.context().objects().live(), "objects left, seed " + seed);
            assertEquals(process.vm.pages().frames() - 1, process.vm.pages().free().size(), "pages left, seed " + seed);
        }
    }

    /** Four pages at A, a page of text, a stack, two pages of a file in front of it. */
    private static void prepare(SharedProcess process, Lwp lwp) {
        for (int error : List.of(remap(lwp), lwp.call("mmap", TEXT, P, RW, MAP_ANON | MAP_FIXED, -1, 0),
                lwp.call("mmap", STACK, STACK_BYTES, RW, MAP_STACK | MAP_FIXED, -1, 0),
                lwp.call("open", lwp.string(TEXT, "/data"), 2, 0),
                lwp.call("mmap", STACK - 16 * P, 2 * P, RW, MAP_SHARED | MAP_FIXED, FD, 0))) {
            assertEquals(0, error);
        }
    }

    private static void compete(SharedProcess process, Lwp lwp, Pair pair, int self, int[] begun, Random random) {
        for (int round = 0; round < ROUNDS; round++) {
            begun[self]++;
            for (int other = 0; other < begun.length; other++) {
                while (begun[other] < begun[self]) {
                    lwp.boundary();
                }
            }
            int late = self == 0 ? LATEST - round : round - LATEST;
            lwp.boundary(1 + Math.max(0, late) * STEP_NANOS * (1 + random.nextInt(8)));
            int outcome = pair.sides().get(self).act(process, lwp, random);
            assertTrue(pair.may().get(self).contains(outcome), () -> "outcome " + outcome);
        }
    }
}
