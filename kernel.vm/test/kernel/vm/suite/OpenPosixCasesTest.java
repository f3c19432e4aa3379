// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
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

/** Cases of the Open POSIX test suite. */
class OpenPosixCasesTest {
    @TempDir
    Path root;

    private static final long MAX = kernel.vm.testing.TestKernel.LIMITS.maxAddress();

    private static long hostWord(Cases.Env env, long position) throws java.io.IOException {
        return ByteBuffer.wrap(Files.readAllBytes(env.file())).order(ByteOrder.LITTLE_ENDIAN).getLong((int) position);
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

    @TestFactory
    Stream<DynamicTest> moreOfMmap() {
        return new Cases(root)
                .all("mmap 1-1, 1-2", env -> {
                    Files.write(env.file(), new byte[] {9, 8, 7, 6, 5, 4, 3, 2});
                    long fd = env.open("/file", 0);
                    long expected = hostWord(env, 0);
                    assertEquals(expected, env.process().peek(env.map(fd, 1, false)));
                    assertEquals(expected, env.process().peek(env.map(fd, 1, true)));
                })
                .all("mmap 6-1 to 6-6", env -> {
                    long readable = env.open("/file", 0);
                    long own = env.map(readable, 1, false);
                    assertEquals(0, env.process().peek(own));
                    assertEquals(SIGSEGV, env.process().poke(own, 1));
                    assertEquals(-SIGSEGV, env.process().peek(env.map(readable, 0, false)));
                    env.fails(Errno.EACCES, "mmap", 0, P, RW, MAP_SHARED, readable, 0);
                    assertEquals(0, env.process().poke(env.map(readable, RW, false), 1));
                    assertEquals(0, env.process().poke(env.map(env.open("/file", 2), 2, true), 1));
                })
                .all("mmap 16-1, 17-1", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    TestProcess child = env.process().fork();
                    child.poke(at, 16);
                    assertEquals(16, env.process().peek(at));
                    long shm = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0x202, 0);
                    env.works("ftruncate", shm, P);
                    long memory = env.process().ok("mmap", 0, P, RW, MAP_SHARED, shm, 0);
                    TestProcess other = env.process().fork();
                    other.poke(memory, 17);
                    assertEquals(17, env.process().peek(memory));
                    other.exit();
                    child.exit();
                })
                .all("mmap 20-1", env -> env.fails(Errno.ENODEV, "mmap", 0, P, 1, MAP_SHARED,
                        env.process().ok("socket", 1, 1, 0), 0))
                .old("mmap 21-1 was taken", env -> env.works("mmap", 0, P, 1, 0, env.open("/file", 0), 0))
                .old("mmap 24-1 was EINVAL", env -> env.fails(Errno.EINVAL, "mmap", 0, Long.MIN_VALUE, RW, ANON, -1, 0))
                .all("mmap 24-2, as EINVAL", env ->
                        env.fails(Errno.EINVAL, "mmap", MAX - P, 2 * P, RW, ANON | MAP_FIXED, -1, 0))
                .all("mmap 27-1", env -> {
                    for (int prot = 0; prot < 8; prot++) {
                        env.works("mmap", 0, P, prot, ANON, -1, 0);
                    }
                })
                .all("mmap 28-1, as a signal", env -> assertEquals(-SIGBUS, env.process().peek(
                        env.process().ok("mmap", 0, P, 1, MAP_SHARED, env.open("/file", 0), 100 * P))))
                .all("mmap 32-1", env -> {
                    env.process().limit(Resource.VMEM, env.process().vmspace().map().sizeBytes());
                    env.fails(Errno.ENOMEM, "mmap", 0, P, RW, ANON, -1, 0);
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> ranges() {
        return new Cases(root)
                .all("munmap 3-1, where the address is rounded", env -> {
                    long at = env.anon(1);
                    env.works("munmap", at + 1, P - 1);
                    assertEquals(SIGSEGV, env.process().poke(at, 1));
                })
                .all("msync 1-1 to 2-1", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    for (int flags : new int[] {MS_SYNC, MS_ASYNC}) {
                        env.process().poke(at, 70 + flags);
                        env.works("msync", at, P, flags);
                        assertEquals(70 + flags, hostWord(env, 0));
                    }
                })
                .all("msync 5-1, 6-1", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    env.fails(Errno.EINVAL, "msync", at, P, MS_ASYNC | MS_INVALIDATE);
                    env.works("mlock", at, P);
                    env.fails(Errno.EBUSY, "msync", at, P, MS_SYNC | MS_INVALIDATE);
                })
                .modern("msync 7-1", env -> env.fails(Errno.ENOMEM, "msync", 0x1000, P, MS_SYNC))
                .old("msync 7-1 was EINVAL", env -> env.fails(Errno.EINVAL, "msync", 0x1000, P, MS_SYNC))
                .all("mlock 5-1, 8-1, 10-1", env -> {
                    long at = env.anon(1);
                    env.works("mlock", at, P);
                    env.works("mlock", at + 1, P - 1);
                    env.fails(Errno.ENOMEM, "mlock", 0x1000, P);
                })
                .old("mlock 12-1, munlock 11-1, mlockall 15-1, munlockall 6-1", env -> {
                    env.process().root = false;
                    env.fails(Errno.EPERM, "mlock", TEXT, P);
                    env.fails(Errno.EPERM, "munlock", TEXT, P);
                    env.fails(Errno.EPERM, "mlockall", MCL_CURRENT);
                    env.fails(Errno.EPERM, "munlockall");
                })
                .all("mlockall 8-1, 13-1, 13-2", env -> {
                    env.works("mlockall", MCL_CURRENT);
                    env.fails(Errno.EINVAL, "mlockall", 0);
                    env.fails(Errno.EINVAL, "mlockall", ~(MCL_CURRENT | MCL_FUTURE));
                })
                .all("munlock 10-1, munlockall 5-1", env -> {
                    env.fails(Errno.ENOMEM, "munlock", 0x1000, P);
                    env.works("mlockall", MCL_CURRENT);
                    env.works("munlockall");
                    assertEquals(0, env.process().vmspace().pmap().wiredCount());
                })
                .all("ftruncate of a memory file", env -> {
                    long fd = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0x202, 0);
                    long at = env.process().ok("mmap", 0, 2 * P, RW, MAP_SHARED, fd, 0);
                    assertEquals(-SIGBUS, env.process().peek(at), "nothing yet");
                    env.works("ftruncate", fd, P);
                    assertEquals(0, env.process().peek(at), "zeros");
                    assertEquals(-SIGBUS, env.process().peek(at + P));
                })
                .tests();
    }
}
