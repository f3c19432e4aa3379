// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static kernel.vm.call.MemorySymbols.MCL_CURRENT;
import static kernel.vm.call.MemorySymbols.MCL_FUTURE;
import static kernel.vm.call.MemorySymbols.MS_ASYNC;
import static kernel.vm.call.MemorySymbols.MS_INVALIDATE;
import static kernel.vm.call.MemorySymbols.MS_SYNC;
import static kernel.vm.suite.Cases.ANON;
import static kernel.vm.suite.Cases.P;
import static kernel.vm.suite.Cases.RW;
import static kernel.vm.suite.Cases.SIGBUS;
import static kernel.vm.suite.Cases.SIGSEGV;
import static kernel.vm.suite.Cases.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Cases of the Linux Test Project. */
class LtpCasesTest {
    @TempDir
    Path root;

    private static final long MAX = kernel.vm.testing.TestKernel.LIMITS.maxAddress();

    private static long hostWord(Cases.Env env, long position) throws java.io.IOException {
        return ByteBuffer.wrap(Files.readAllBytes(env.file())).order(ByteOrder.LITTLE_ENDIAN).getLong((int) position);
    }

    @TestFactory
    Stream<DynamicTest> mmapOfLtp() {
        return new Cases(root)
                .all("mmap01", env -> {
                    long fd = env.open("/file", 2);
                    env.works("ftruncate", fd, 100);
                    long at = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    assertEquals(0, env.process().peek(at + 104), "zeros behind the end");
                    env.process().poke(at + 104, 7);
                    env.works("msync", at, P, MS_SYNC);
                    assertEquals(100, Files.size(env.file()), "which are not written");
                })
                .all("mmap02, mmap21", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    TestProcess child = env.process().fork();
                    child.poke(at + P, 21);
                    child.ok("msync", at, 2 * P, MS_SYNC);
                    env.process().ok("lseek", fd, P, 0);
                    env.process().ok("read", fd, TEXT, 8);
                    assertEquals(21, env.process().peek(TEXT));
                    assertEquals(21, hostWord(env, P));
                })
                .all("mmap05", env -> assertEquals(-SIGSEGV,
                        env.process().peek(env.process().ok("mmap", 0, P, 0, ANON, -1, 0))))
                .all("mmap06", env -> {
                    long writable = env.open("/file", 1);
                    long readable = env.open("/file", 0);
                    env.fails(Errno.EACCES, "mmap", 0, P, 1, MAP_PRIVATE, writable, 0);
                    env.fails(Errno.EACCES, "mmap", 0, P, 1, MAP_SHARED, writable, 0);
                    env.fails(Errno.EACCES, "mmap", 0, P, RW, MAP_SHARED, readable, 0);
                    env.works("mmap", 0, P, RW, MAP_PRIVATE, readable, 0);
                })
                .all("mmap08", env -> {
                    long fd = env.open("/file", 2);
                    env.works("close", fd);
                    env.fails(Errno.EBADF, "mmap", 0, P, 1, MAP_SHARED, fd, 0);
                })
                .all("mmap09", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    for (long size : new long[] {P, 8 * P, 0}) {
                        env.works("ftruncate", fd, size);
                    }
                    env.works("munmap", at, Cases.FILE_PAGES * P);
                })
                .all("mmap10", env -> {
                    long at = env.anon(4);
                    long zero = env.map(env.open("/dev/zero", 2), RW, false);
                    env.process().poke(at, 1);
                    env.process().poke(zero, 2);
                    TestProcess child = env.process().fork();
                    child.poke(at, 3);
                    assertEquals(2, child.peek(zero));
                    assertEquals(1, env.process().peek(at));
                })
                .all("mmap13", env -> {
                    long at = env.process().ok("mmap", 0, 8 * P, RW, MAP_SHARED, env.open("/file", 2), 0);
                    assertEquals(-SIGBUS, env.process().peek(at + 4 * P));
                })
                .all("mmap15", env -> env.fails(Errno.EINVAL, "mmap", 1L << 53, P, RW, ANON | MAP_FIXED, -1, 0))
                .old("mmap18", env -> {
                    long at = env.process().ok("mmap", 0x2000_0000, 1 << 20, RW, MAP_STACK, -1, 0);
                    assertEquals(0, env.process().poke(at + (1 << 19), 1), "grows");
                    env.works("mmap", at + (1 << 18), P, 1, ANON | MAP_FIXED, -1, 0);
                    assertEquals(SIGSEGV, env.process().poke(at + (1 << 17), 1), "blocked by a mapping");
                })
                .all("mmap19", env -> {
                    long fd = env.open("/file", 2);
                    long one = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    long two = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, P);
                    env.process().poke(one, 1);
                    env.process().poke(two, 2);
                    env.works("munmap", one, P);
                    env.works("munmap", two, P);
                    env.works("mmap", two, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
                    env.works("mmap", one, P, RW, MAP_SHARED | MAP_FIXED, fd, P);
                    assertEquals(2, env.process().peek(one));
                    assertEquals(1, env.process().peek(two));
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> othersOfLtp() {
        return new Cases(root)
                .all("munmap01, munmap02", env -> {
                    long at = env.anon(3);
                    env.process().poke(at, 1);
                    env.works("munmap", at + P, P);
                    assertEquals(SIGSEGV, env.process().poke(at + P, 1));
                    assertEquals(1, env.process().peek(at));
                    assertEquals(0, env.process().poke(at + 2 * P, 1));
                })
                .all("munmap03", env -> {
                    env.fails(Errno.EINVAL, "munmap", env.anon(1), 0);
                    env.fails(Errno.EINVAL, "munmap", MAX, P);
                    env.works("munmap", TEXT + 8, 8);
                })
                .all("mprotect01", env -> {
                    env.works("mprotect", 0, P, 1);
                    env.works("mprotect", TEXT + 1, 1, RW);
                    env.fails(Errno.EACCES, "mprotect", env.map(env.open("/file", 0), 1, true), P, RW);
                })
                .all("mprotect02 to 05", env -> {
                    long at = env.anon(4);
                    env.works("mprotect", at, 4 * P, 1);
                    assertEquals(SIGSEGV, env.process().poke(at, 1));
                    env.works("mprotect", at + P, P, RW);
                    assertEquals(0, env.process().poke(at + P, 1));
                    env.works("mprotect", at, 4 * P, 0);
                    assertEquals(-SIGSEGV, env.process().peek(at + P));
                    env.works("mprotect", at, 4 * P, RW);
                    assertEquals(1, env.process().peek(at + P));
                })
                .all("msync03", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    env.process().peek(at);
                    env.fails(Errno.EINVAL, "msync", at, P, MS_ASYNC | MS_INVALIDATE);
                    env.works("mlock", at, P);
                    env.fails(Errno.EBUSY, "msync", at, P, MS_INVALIDATE);
                })
                .modern("msync03 unmapped", env -> env.fails(Errno.ENOMEM, "msync", 0x1000, P, MS_SYNC))
                .repaired("mincore01, 02, 03", env -> {
                    long at = env.anon(3);
                    assertEquals(0, env.resident(at, 3));
                    env.process().poke(at + P, 1);
                    assertEquals(1, env.resident(at, 3));
                    env.fails(Errno.EFAULT, "mincore", at, P, -1);
                    env.fails(Errno.ENOMEM, "mincore", 0x1000, P, TEXT);
                    long file = env.map(env.open("/file", 2), RW, true);
                    env.works("mlock", file, Cases.FILE_PAGES * P);
                    assertEquals(Cases.FILE_PAGES, env.resident(file, Cases.FILE_PAGES));
                })
                .old("mincore04", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    TestProcess child = env.process().fork();
                    child.ok("mlock", at, Cases.FILE_PAGES * P);
                    assertEquals(Cases.FILE_PAGES, env.resident(at, Cases.FILE_PAGES));
                    child.exit();
                })
                .all("madvise01", env -> {
                    long at = env.anon(2);
                    for (int advice = 0; advice <= 10; advice++) {
                        env.works("madvise", at, 2 * P, advice);
                    }
                    env.fails(Errno.EINVAL, "madvise", at, P, 1212);
                })
                .all("madvise02, not as on Linux", env -> {
                    env.works("madvise", env.anon(1) + 1, 10, 0);
                    env.works("madvise", 0x1000, P, 0);
                    long at = env.anon(1);
                    env.process().poke(at, 3);
                    env.works("madvise", at, P, 4);
                    assertEquals(3, env.process().peek(at));
                })
                .all("mlock02", env -> {
                    env.fails(Errno.ENOMEM, "mlock", 0x1000, P);
                    env.process().limit(Resource.MEMLOCK, P);
                    env.fails(Errno.ENOMEM, "mlock", env.anon(2), 2 * P);
                })
                .all("mlock05", env -> {
                    long at = env.anon(16);
                    env.works("mlock", at, 16 * P);
                    assertEquals(16, env.process().vmspace().pmap().wiredCount());
                    assertTrue(env.process().vmspace().pmap().residentCount() >= 16);
                })
                .all("mlockall01, 03, munlockall01", env -> {
                    for (int how : new int[] {MCL_CURRENT, MCL_FUTURE, MCL_CURRENT | MCL_FUTURE}) {
                        env.works("mlockall", how);
                        env.works("munlockall");
                    }
                    env.fails(Errno.EINVAL, "mlockall", 8);
                })
                .old("mlockall02", env -> {
                    env.process().root = false;
                    env.fails(Errno.EPERM, "mlockall", MCL_CURRENT);
                    env.fails(Errno.EPERM, "munlockall");
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> moreOfLtp() {
        return new Cases(root)
                .all("mmap03", env -> {
                    long at = env.process().ok("mmap", 0, P, 4, MAP_SHARED, env.open("/file", 2), 0);
                    assertEquals(0, env.process().memory().fetch(at));
                    assertEquals(SIGSEGV, env.process().poke(at, 1));
                })
                .all("mmap07, where private writing needs no right to read", env ->
                        env.works("mmap", 0, P, 2, MAP_PRIVATE, env.open("/file", 1), 0))
                .all("mmap11", env -> {
                    long at = env.process().ok("mmap", 0x1000_0000 - P, P, RW, ANON | MAP_FIXED, -1, 0);
                    env.works("mmap", at + P, 512 * P, RW, ANON | MAP_FIXED, -1, 0);
                    env.process().poke(at + P, 5);
                    env.works("munmap", at, P);
                    assertEquals(5, env.process().peek(at + P));
                })
                .modern("mmap18", env -> {
                    long at = env.process().ok("mmap", 0x2000_0000, 1 << 20, RW, MAP_STACK, -1, 0);
                    assertEquals(0, env.process().poke(at + (1 << 19), 1), "grows");
                    env.works("mmap", at + (1 << 18), P, 1, ANON | MAP_FIXED, -1, 0);
                    assertEquals(SIGSEGV, env.process().poke(at + (1 << 17), 1), "blocked by a mapping");
                })
                .all("msync01, msync02, msync04", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    for (int flags : new int[] {MS_ASYNC, MS_SYNC, MS_SYNC | MS_INVALIDATE}) {
                        env.process().poke(at + 8, 30 + flags);
                        env.works("msync", at, P, flags);
                        assertEquals(30 + flags, hostWord(env, 8));
                        assertEquals(0, env.process().entry(at).object().pages().first().dirty(), "clean");
                        assertEquals(30 + flags, env.process().peek(at + 8));
                    }
                })
                .all("mlock01, mlock03, munlock01", env -> {
                    for (long length : new long[] {1, 1024, 1024 * 1024}) {
                        long at = env.process().ok("mmap", 0, length, RW, ANON, -1, 0);
                        env.works("mlock", at, length);
                        assertEquals((length + P - 1) / P, env.process().vmspace().pmap().wiredCount());
                        env.works("munlock", at, length);
                        assertEquals(0, env.process().vmspace().pmap().wiredCount());
                    }
                })
                .all("mlock04", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    env.works("unlink", env.process().string(TEXT, "/file"));
                    env.works("mlock", at, Cases.FILE_PAGES * P);
                    assertEquals(Cases.FILE_PAGES, env.process().vmspace().pmap().wiredCount());
                })
                .all("munlock02", env -> env.fails(Errno.ENOMEM, "munlock", 0x1000, P))
                .tests();
    }
}
