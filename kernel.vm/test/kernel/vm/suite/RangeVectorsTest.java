// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MADV_FREE;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MCL_CURRENT;
import static kernel.vm.suite.Cases.ANON;
import static kernel.vm.suite.Cases.P;
import static kernel.vm.suite.Cases.RW;
import static kernel.vm.suite.Cases.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.map.VmInherit;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Vectors of calls on ranges, of mincore and of forks: one call or a few, and exactly what they give in the code of 2006. */
class RangeVectorsTest {
    private static final long MAX = TestKernel.LIMITS.maxAddress();
    private static final long H = TestProcess.HEAP_END;
    private static final long A = 0x0200_0000;

    @TempDir
    Path root;

    private static void fixed(Cases.Env env, long address, long pages, int prot) {
        env.works("mmap", address, pages * P, prot, ANON | MAP_FIXED, -1, 0);
    }

    private static String mapBelowText(Cases.Env env) {
        String map = env.process().map();
        int text = map.indexOf(Long.toHexString(TEXT));
        return map.substring(0, text).strip();
    }

    /** Touches more pages than there is memory. */
    private static void needMemory(Cases.Env env) {
        long pages = env.kernel().vm.pages().frames() + 200;
        long at = env.anon(pages);
        for (long i = 0; i < pages; i++) {
            env.process().poke(at + i * P, i);
        }
    }

    @TestFactory
    Stream<DynamicTest> ranges() {
        return new Cases(root)
                .all("V33", env -> {
                    fixed(env, 0x10000, 4, RW);
                    env.fails(Errno.EINVAL, "munmap", 0x10000, 0);
                    env.works("munmap", 0x10001, 1);
                    assertEquals("11000-14000", mapBelowText(env));
                    env.works("munmap", 0x11fff, 2);
                    assertEquals("13000-14000", mapBelowText(env));
                })
                .seed("V35", env -> {
                    fixed(env, A, 4, RW);
                    env.fails(Errno.EINVAL, "munmap", MAX - P, 2 * P);
                    env.works("munmap", A + P, -1);
                    assertEquals("2000000-2001000 2001000-2004000", mapBelowText(env));
                    env.fails(Errno.EINVAL, "munmap", A + 4 * P, -1);
                    env.works("munmap", A + 2 * P + 2, -1);
                    assertEquals("2000000-2002000 2003000-2004000", mapBelowText(env), "one page");
                })
                .all("V37", env -> env.fails(Errno.EINVAL, "mprotect", -1, 1, 1))
                .old("V39", env -> {
                    fixed(env, A, 1, RW);
                    env.fails(Errno.EINVAL, "minherit", A, P, 3);
                    env.works("minherit", A, P, 256);
                    assertEquals(VmInherit.SHARE, env.process().entry(A).inheritance());
                    env.fails(Errno.EINVAL, "minherit", A, P, -1);
                })
                .all("V41", env -> {
                    env.works("madvise", MAX, 0, 0);
                    env.fails(Errno.EINVAL, "madvise", MAX, 1, 0);
                })
                .all("V43", env -> {
                    fixed(env, A, 2, RW);
                    env.process().poke(A, 1);
                    env.process().poke(A + P, 1);
                    env.works("madvise", A, 2 * P, MADV_FREE);
                    env.process().poke(A, 2);
                    needMemory(env);
                    assertEquals(2, env.process().peek(A), "written after it was freed");
                    assertEquals(0, env.process().peek(A + P), "reclaimed, and zero");
                })
                .old("V45", env -> {
                    fixed(env, A, 1, RW);
                    env.fails(Errno.EINVAL, "msync", A + P, P, 0);
                    env.fails(Errno.EINVAL, "msync", A, 2 * P, 0);
                })
                .all("V47", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    env.process().poke(at, 1);
                    env.process().poke(at + 3 * P, 4);
                    env.works("msync", at + P, 0, 0);
                    byte[] host = java.nio.file.Files.readAllBytes(env.file());
                    assertEquals(1, host[0]);
                    assertEquals(4, host[(int) (3 * P)]);
                })
                .seed("V49", env -> {
                    env.works("msync", TEXT, P, 0);
                    assertTrue(env.kernel().vm.context().lastHazard().contains("would never end"));
                })
                .all("V65", env -> {
                    env.fails(Errno.EINVAL, "mlockall", 0);
                    env.process().root = false;
                    env.fails(Errno.EINVAL, "mlockall", 4);
                })
                .old("V65 as a user", env -> {
                    env.process().root = false;
                    env.fails(Errno.EPERM, "mlockall", MCL_CURRENT);
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> locks() {
        return new Cases(root)
                .all("V57", env -> {
                    fixed(env, A, 2, RW);
                    env.fails(Errno.EINVAL, "mlock", -1, 2);
                    env.works("mlock", A + 1, 0);
                    assertEquals(1, env.process().vmspace().pmap().wiredCount(), "the page of an unaligned address");
                })
                .seed("V57 nothing, aligned", env -> {
                    fixed(env, A, 2, RW);
                    env.works("mlock", A + P, 0);
                    assertTrue(env.kernel().vm.context().lastHazard().contains("mlock"));
                })
                .old("V59", env -> {
                    fixed(env, A, 8, RW);
                    int wired = env.kernel().vm.pages().wired();
                    env.kernel().vm.context().tunables().maxWired(wired + 1);
                    env.fails(Errno.EAGAIN, "mlock", A, 2 * P);
                    env.kernel().vm.context().tunables().maxWired(1);
                    env.fails(Errno.ENOMEM, "mlock", A, 2 * P);
                })
                .tests();
    }

    private static int stored(Cases.Env env, int index) {
        byte[] one = new byte[1];
        env.process().memory().copyin(TEXT + 2048 + index, one, 0, 1);
        return one[0];
    }

    @TestFactory
    Stream<DynamicTest> mincore() {
        return new Cases(root)
                .seed("V51", env -> {
                    env.process().poke(TEXT + 2048, 0x5a5a5a5a5a5a5a5aL);
                    fixed(env, A + P, 1, 4);
                    fixed(env, A, 1, RW);
                    env.process().poke(A, 1);
                    fixed(env, A + 2 * P, 1, RW);
                    env.process().poke(A + 2 * P, 1);
                    assertNull(env.process().entry(A + P).object());
                    env.works("mincore", A, 3 * P, TEXT + 2048);
                    assertEquals(0, stored(env, 0), "overwritten");
                    assertEquals(0x5a, stored(env, 1), "not touched");
                    assertEquals(0x1f, stored(env, 2));
                })
                .all("V53", env -> {
                    fixed(env, A, 1, RW);
                    env.process().poke(A, 1);
                    env.works("mincore", A, -1, 1);
                })
                .seed("V55", env -> {
                    long b = TEXT + P;
                    env.process().ok("mmap", b, P, 1, ANON | MAP_FIXED, -1, 0);
                    env.works("mincore", TEXT, 4 * P, TEXT + 2048);
                    assertEquals(0, stored(env, 2));
                    fixed(env, b + 8 * P, 1, RW);
                    env.fails(Errno.ENOMEM, "mincore", TEXT, 4 * P, TEXT + 2048);
                })
                .repaired("V55 without the defect", env -> {
                    env.process().ok("mmap", TEXT + P, P, 1, ANON | MAP_FIXED, -1, 0);
                    env.fails(Errno.ENOMEM, "mincore", TEXT, 4 * P, TEXT + 2048);
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> forks() {
        return new Cases(root)
                .all("V69", env -> {
                    fixed(env, A, 2, RW);
                    env.works("minherit", A, P, VmInherit.SHARE);
                    TestProcess child = env.process().fork();
                    child.poke(A, 7);
                    child.poke(A + P, 8);
                    env.process().poke(A + P, 9);
                    assertEquals(7, env.process().peek(A));
                    assertEquals(9, env.process().peek(A + P));
                    assertEquals(8, child.peek(A + P));
                    child.exit();
                })
                .all("V71", env -> {
                    fixed(env, A, 10, RW);
                    TestProcess[] line = new TestProcess[11];
                    line[0] = env.process();
                    for (int i = 0; i < 10; i++) {
                        line[i].poke(A + i * P, i + 1);
                        line[i + 1] = line[i].fork();
                    }
                    for (int i = 9; i > 0; i--) {
                        line[i].exit();
                    }
                    TestProcess last = line[10];
                    for (int i = 0; i < 10; i++) {
                        last.poke(A + i * P + 8, 50 + i);
                        assertEquals(i + 1, last.peek(A + i * P));
                        assertEquals(i == 0 ? 1 : 0, env.process().peek(A + i * P));
                    }
                    int depth = 0;
                    for (var o = last.entry(A).object(); o != null; o = o.backing()) {
                        depth++;
                    }
                    assertTrue(depth <= 2, "levels left: " + depth);
                    last.exit();
                })
                .tests();
    }
}
