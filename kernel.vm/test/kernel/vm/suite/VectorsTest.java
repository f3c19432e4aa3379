// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static kernel.vm.call.MemorySymbols.MCL_CURRENT;
import static kernel.vm.suite.Cases.ANON;
import static kernel.vm.suite.Cases.P;
import static kernel.vm.suite.Cases.RW;
import static kernel.vm.suite.Cases.SIGSEGV;
import static kernel.vm.suite.Cases.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.file.Vnode;
import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmInherit;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Vectors of mmap: one call or a few, and exactly what they give in the code of 2006. */
class VectorsTest {
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

    @TestFactory
    Stream<DynamicTest> placement() {
        return new Cases(root)
                .old("V1", env -> {
                    assertEquals(H, env.process().ok("mmap", 0, 0, RW, ANON, -1, 0));
                    assertEquals("", mapBelowText(env));
                })
                .old("V3", env -> {
                    env.fails(Errno.EINVAL, "mmap", 0, Long.MIN_VALUE, RW, ANON, -1, 0);
                    env.fails(Errno.ENOMEM, "mmap", 0, Long.MAX_VALUE, RW, ANON, -1, 0);
                })
                .all("V5", env -> {
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, MAP_STACK, -1, 0);
                    env.fails(Errno.EINVAL, "mmap", 0, P, RW, MAP_STACK, 3, 0);
                })
                .old("V7", env -> {
                    assertEquals(0x10123, env.process().ok("mmap", 0x10123, P, RW, ANON | MAP_FIXED, -1, 0x123));
                    assertEquals("10000-12000", mapBelowText(env));
                })
                .all("V9", env ->
                        assertEquals(0x2000_1000, env.process().ok("mmap", 0x2000_0123, P, RW, ANON, -1, 0)))
                .all("V11", env -> {
                    assertEquals(H, env.process().ok("mmap", H - P, P, RW, ANON, -1, 0));
                    assertEquals(H + P, env.process().ok("mmap", P, P, RW, ANON, -1, 0), "first fit above");
                })
                .all("V13", env -> {
                    fixed(env, A, 1, RW);
                    fixed(env, A + P, 1, 1);
                    assertEquals("2000000-2001000 2001000-2002000", mapBelowText(env));
                    assertNull(env.process().entry(A + P).object());
                    env.works("munmap", A + P, P);
                    env.process().poke(A, 1);
                    fixed(env, A + P, 1, 1);
                    assertSame(env.process().entry(A).object(), env.process().entry(A + P).object());
                })
                .all("V15", env -> {
                    fixed(env, A, 3, RW);
                    env.process().poke(A + P, 5);
                    fixed(env, A + P, 1, RW);
                    assertEquals(0, env.process().peek(A + P));
                    assertEquals("2000000-2001000 2001000-2002000 2002000-2003000", mapBelowText(env));
                    assertSame(env.process().entry(A).object(), env.process().entry(A + 2 * P).object());
                    assertEquals(2 * P, env.process().entry(A + 2 * P).offsetBytes());
                })
                .old("V29", env -> {
                    env.kernel().vm.context().tunables().maxProcMmap(env.process().vmspace().map().entries());
                    env.fails(Errno.ENOMEM, "mmap", 0, P, RW, ANON, -1, 0);
                    env.fails(Errno.ENOMEM, "mmap", 0, 0, RW, ANON, -1, 0);
                })
                .old("V31", env -> {
                    env.works("mmap", A, 1 << 20, RW, MAP_STACK, -1, 0);
                    fixed(env, A + (512 << 10), 1, RW);
                    assertEquals(0, env.process().poke(A + (600 << 10), 1));
                    assertEquals(SIGSEGV, env.process().poke(A + (100 << 10), 1));
                    assertEquals(1, env.process().memory().faultCode());
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> files() {
        return new Cases(root)
                .all("V17", env -> {
                    fixed(env, A, 1, RW);
                    env.process().poke(A, 5);
                    long socket = env.process().ok("socket", 1, 1, 0);
                    env.fails(Errno.ENODEV, "mmap", A, P, RW, MAP_PRIVATE | MAP_FIXED, socket, 0);
                    assertEquals(5, env.process().peek(A));
                })
                .all("V19", env -> {
                    long at = env.map(env.open("/file", 0), 1, true);
                    env.fails(Errno.EACCES, "mprotect", at, P, 2);
                })
                .all("V21", env -> {
                    long at = env.map(env.open("/file", 1), 0, false);
                    env.fails(Errno.EACCES, "mprotect", at, P, 1);
                })
                .old("V23", env -> {
                    long fd = env.open("/file", 0);
                    env.process().files().get((int) fd).vnode().flags(Vnode.NOEXEC);
                    long at = env.map(fd, 5, false);
                    assertEquals(5, env.process().entry(at).protection());
                    env.fails(Errno.EACCES, "mprotect", at, P, 4);
                })
                .all("V25", env -> {
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, MAP_PRIVATE, env.open("/dev/fb0", 2), 0);
                    env.fails(Errno.EACCES, "mmap", 0, P, RW, MAP_PRIVATE, env.open("/dev/fb0", 0), 0);
                    env.fails(Errno.EACCES, "mmap", 0, P, RW, MAP_SHARED, env.open("/dev/fb0", 0), 0);
                })
                .old("V25 neither shared nor private", env -> {
                    long at = env.process().ok("mmap", 0, P, RW, 0, env.open("/dev/fb0", 2), 0);
                    assertEquals(VmInherit.SHARE, env.process().entry(at).inheritance());
                    assertFalse(env.process().entry(at).has(EntryFlags.COW));
                })
                .all("V27", env -> env.fails(Errno.EINVAL, "mmap", 0, P, 1, MAP_PRIVATE, env.open("/dir", 0), 0))
                .all("V61", env -> {
                    long at = env.process().ok("mmap", 0, 5 * P, RW, MAP_SHARED, env.open("/file", 2), 0);
                    env.fails(Errno.ENOMEM, "mlock", at + 4 * P, P);
                })
                .seed("V63", env -> {
                    long at = env.map(env.open("/file", 0), 1, false);
                    env.works("mlock", at, P);
                    env.works("mprotect", at, P, RW);
                    assertEquals(SIGSEGV, env.process().poke(at, 1));
                })
                .repaired("V63 without the defect", env -> {
                    long at = env.map(env.open("/file", 0), 1, false);
                    env.works("mlock", at, P);
                    env.works("mprotect", at, P, RW);
                    assertEquals(0, env.process().poke(at, 1));
                })
                .old("V67", env -> {
                    env.process().ok("mmap", 0, 5 * P, RW, MAP_SHARED, env.open("/file", 2), 0);
                    env.fails(Errno.EAGAIN, "mlockall", MCL_CURRENT);
                })
                .tests();
    }
}
