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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/** Cases of the Linux Test Project and of its Open POSIX test suite. */
class PosixCasesTest {
    private static final long MAX = kernel.vm.testing.TestKernel.LIMITS.maxAddress();

    @TempDir
    Path root;

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
    Stream<DynamicTest> openPosix() {
        return new Cases(root)
                .all("mmap 3-1, 5-1", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    long alias = env.process().ok("mmap", at + 16 * P, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
                    env.process().poke(alias, 5);
                    assertEquals(5, env.process().peek(at));
                    env.works("mmap", at, P, RW, ANON | MAP_FIXED, -1, 0);
                    assertEquals(0, env.process().peek(at), "replaced");
                })
                .all("mmap 7-1 to 7-4", env -> {
                    long fd = env.open("/file", 2);
                    long shared = env.map(fd, RW, true);
                    long own = env.map(fd, RW, false);
                    env.process().poke(own, 1);
                    assertEquals(0, env.process().peek(shared));
                    env.process().fork().poke(shared + P, 2);
                    assertEquals(2, env.process().peek(shared + P));
                })
                .all("mmap 9-1, 10-1", env -> {
                    env.fails(Errno.EINVAL, "mmap", TEXT + P + 1, P, RW, ANON | MAP_FIXED, -1, 0);
                    assertNotEquals(0, env.process().ok("mmap", 0x3456_7000, P, RW, ANON, -1, 0));
                })
                .all("mmap 11-1 to 11-6", env -> {
                    long fd = env.open("/file", 2);
                    env.works("ftruncate", fd, P + 8);
                    long at = env.process().ok("mmap", 0, 3 * P, RW, MAP_SHARED, fd, 0);
                    assertEquals(0, env.process().peek(at + P + 8));
                    assertEquals(SIGBUS, env.process().poke(at + 2 * P, 1));
                })
                .all("mmap 12-1", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    env.works("close", fd);
                    env.process().poke(at, 12);
                    env.works("msync", at, P, MS_SYNC);
                    assertEquals(12, hostWord(env, 0));
                })
                .modern("mmap 18-1", env -> {
                    env.works("mlockall", MCL_FUTURE);
                    env.process().limit(Resource.MEMLOCK, 4 * P);
                    env.fails(Errno.ENOMEM, "mmap", 0, 8 * P, RW, ANON, -1, 0);
                })
                .old("mmap 18-1 was not limited", env -> {
                    env.works("mlockall", MCL_FUTURE);
                    env.process().limit(Resource.MEMLOCK, 4 * P);
                    env.works("mmap", 0, 8 * P, RW, ANON, -1, 0);
                })
                .all("mmap 19-1, 23-1", env -> {
                    env.fails(Errno.EBADF, "mmap", 0, P, 1, MAP_SHARED, 99, 0);
                    env.works("pipe2", TEXT, 0);
                    env.fails(Errno.ENODEV, "mmap", 0, P, 1, MAP_SHARED, env.process().peek(TEXT) & 0xffff, 0);
                })
                .modern("mmap 21-1", env -> env.fails(Errno.EINVAL, "mmap", 0, P, 1, 0, env.open("/file", 0), 0))
                .modern("mmap 24-1", env -> {
                    env.fails(Errno.ENOMEM, "mmap", 0, Long.MAX_VALUE, RW, ANON, -1, 0);
                    env.fails(Errno.ENOMEM, "mmap", 0, Long.MIN_VALUE, RW, ANON, -1, 0);
                })
                .modern("mmap 31-1, as EINVAL", env ->
                        env.fails(Errno.EINVAL, "mmap", 0, P, 1, MAP_PRIVATE, env.open("/file", 0), Long.MAX_VALUE - P + 1))
                .old("mmap 31-1 was not looked at", env ->
                        env.works("mmap", 0, P, 1, MAP_PRIVATE, env.open("/file", 0), Long.MAX_VALUE - P + 1))
                .all("munmap 1-1, 1-2, 4-1, 8-1, 9-1", env -> {
                    long at = env.map(env.open("/file", 0), RW, false);
                    env.process().poke(at, 4);
                    env.works("munmap", at, P + 1);
                    assertEquals(SIGSEGV, env.process().poke(at + P, 1), "the length is rounded up");
                    assertEquals(0, hostWord(env, 0));
                    env.fails(Errno.EINVAL, "munmap", MAX - P, 2 * P);
                    env.fails(Errno.EINVAL, "munmap", at, 0);
                })
                .modern("munmap 2-1", env -> env.works("munmap", 0x1000, P))
                .old("munmap 2-1 was EINVAL", env -> env.fails(Errno.EINVAL, "munmap", 0x1000, P))
                .all("mlockall 3-6, 3-7, munlock 7-1", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    env.works("mlockall", MCL_CURRENT);
                    env.fails(Errno.EBUSY, "msync", at, P, MS_SYNC | MS_INVALIDATE);
                    env.works("munlockall");
                    env.works("msync", at, P, MS_SYNC | MS_INVALIDATE);
                    env.works("mlockall", MCL_FUTURE);
                    long later = env.map(env.open("/file", 2), RW, true);
                    env.fails(Errno.EBUSY, "msync", later, P, MS_SYNC | MS_INVALIDATE);
                    env.works("munlock", later, Cases.FILE_PAGES * P);
                    env.works("msync", later, P, MS_SYNC | MS_INVALIDATE);
                })
                .tests();
    }
}
