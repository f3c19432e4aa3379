// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
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

import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Cases of NetBSD's tests/lib/libc/sys. */
class NetbsdCasesTest {
    @TempDir
    Path root;

    @TestFactory
    Stream<DynamicTest> mmapOfNetbsd() {
        return new Cases(root)
                .all("t_mmap:mmap_err", env -> {
                    env.fails(Errno.EBADF, "mmap", 0, P, 1, MAP_PRIVATE, -1, 0);
                    env.fails(Errno.EINVAL, "mmap", TEXT + 8, P, 1, ANON | MAP_FIXED, -1, 0);
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, ANON, env.open("/file", 2), 0);
                })
                .all("t_mmap:mmap_loan", env -> {
                    env.works("pipe2", TEXT, 0);
                    long from = env.process().peek(TEXT) & 0xffff_ffffL;
                    long to = env.process().peek(TEXT) >>> 32;
                    long at = env.process().ok("mmap", 0, 2 * P, RW, MAP_ANON | MAP_SHARED, -1, 0);
                    env.process().poke(at, 5);
                    assertEquals(P, env.process().ok("write", to, at, P));
                    assertEquals(P, env.process().ok("read", from, at + P, P));
                    assertEquals(5, env.process().peek(at + P));
                })
                .all("t_mmap:mmap_prot_1", env -> {
                    long fd = env.open("/file", 1);
                    env.fails(Errno.EACCES, "mmap", 0, P, 1, MAP_PRIVATE, fd, 0);
                    env.works("mmap", 0, P, 2, MAP_PRIVATE, fd, 0);
                })
                .all("t_mmap:mmap_prot_2", env -> {
                    long at = env.process().ok("mmap", 0, P, 0, ANON, -1, 0);
                    assertEquals(SIGSEGV, env.process().fork().poke(at, 1));
                })
                .all("t_mmap:mmap_prot_3", env -> {
                    long at = env.map(env.open("/file", 0), 0, true);
                    assertEquals(SIGSEGV, env.process().fork().poke(at, 1));
                })
                .all("t_mmap:mmap_truncate", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    for (long size : new long[] {0, 1, P, 3 * P + 1, 0}) {
                        env.works("ftruncate", fd, size);
                    }
                    env.works("munmap", at, Cases.FILE_PAGES * P);
                })
                .all("t_mmap:mmap_truncate_signal", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    env.process().poke(at, 1);
                    env.works("ftruncate", fd, 0);
                    assertEquals(SIGBUS, env.process().poke(at, 1));
                })
                .all("t_mmap:mmap_va0", env -> env.works("mmap", 0, P, RW, ANON | MAP_FIXED, -1, 0))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> othersOfNetbsd() {
        return new Cases(root)
                .all("t_mincore:mincore_err", env -> {
                    long at = env.anon(1);
                    env.process().poke(at, 1);
                    env.fails(Errno.ENOMEM, "mincore", 0x1000, P, TEXT);
                    env.fails(Errno.EFAULT, "mincore", at, P, -1);
                })
                .repaired("t_mincore:mincore_resid", env -> {
                    long at = env.anon(128);
                    assertEquals(0, env.resident(at, 128));
                    for (int i = 0; i < 128; i++) {
                        env.process().poke(at + i * P, 1);
                    }
                    assertEquals(128, env.resident(at, 128));
                    env.works("mlockall", MCL_FUTURE);
                    assertEquals(16, env.resident(env.anon(16), 16));
                    long none = env.process().ok("mmap", 0, P, 0, ANON, -1, 0);
                    assertEquals(0, env.resident(none, 1));
                })
                .repaired("t_mincore:mincore_shmseg, as a memory file", env -> {
                    long fd = env.process().ok("shm_open", env.process().string(TEXT, "segment"), 0x202, 0);
                    env.works("ftruncate", fd, 8 * P);
                    long at = env.process().ok("mmap", 0, 8 * P, RW, MAP_SHARED, fd, 0);
                    assertEquals(0, env.resident(at, 8));
                    for (int i = 0; i < 8; i++) {
                        env.process().poke(at + i * P, 1);
                    }
                    assertEquals(8, env.resident(at, 8));
                })
                .all("t_mlock:mlock_clip", env -> {
                    long at = env.anon(2);
                    for (int i = 0; i < 64; i++) {
                        env.works("mlock", at + i, i * 7 % 64);
                        env.works("munlock", at + i, i * 7 % 64);
                    }
                })
                .all("t_mlock:mlock_err", env -> {
                    for (String call : new String[] {"mlock", "munlock"}) {
                        env.fails(Errno.ENOMEM, call, 0, P);
                        env.fails(Errno.EINVAL, call, -1, P);
                        long at = env.anon(1);
                        env.works("munmap", at, P);
                        env.fails(Errno.ENOMEM, call, at, P);
                    }
                })
                .all("t_mlock:mlock_limits", env -> {
                    env.process().limit(Resource.MEMLOCK, P);
                    env.fails(Errno.ENOMEM, "mlock", env.anon(2), 2 * P);
                })
                .repaired("t_mlock:mlock_mmap", env -> {
                    long at = env.anon(1);
                    env.works("mlock", at, P);
                    env.works("mlock", at, P);
                    env.works("munmap", at, P);
                    env.fails(Errno.ENOMEM, "munlock", at, P);
                    env.fails(Errno.ENOMEM, "mlock", env.process().ok("mmap", 0, P, 0, ANON, -1, 0), P);
                })
                .all("t_mlock:mlock_nested", env -> {
                    long at = env.anon(1);
                    for (int i = 0; i < 100; i++) {
                        env.works("mlock", at, P);
                    }
                    env.works("munlock", at, P);
                    assertEquals(0, env.process().vmspace().pmap().wiredCount());
                })
                .all("t_msync:msync_async, msync_sync", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    for (int flags : new int[] {MS_ASYNC, MS_SYNC}) {
                        env.process().poke(at, 40 + flags);
                        env.works("msync", at, P, flags);
                        env.works("lseek", fd, 0, 0);
                        env.process().ok("read", fd, TEXT, 8);
                        assertEquals(40 + flags, env.process().peek(TEXT));
                    }
                })
                .all("t_msync:msync_invalidate", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, 1, false);
                    assertEquals(0, env.process().peek(at));
                    env.process().poke(TEXT, 9);
                    env.process().ok("write", fd, TEXT, 8);
                    env.works("msync", at, P, MS_INVALIDATE);
                    assertEquals(9, env.process().peek(at));
                })
                .all("t_msync:msync_err", env -> {
                    long at = env.anon(1);
                    env.fails(Errno.EINVAL, "msync", at, P, -1);
                    env.fails(Errno.EINVAL, "msync", at, P, Integer.MAX_VALUE);
                })
                .modern("t_msync:msync_err unmapped", env -> env.fails(Errno.ENOMEM, "msync", 0x1000, P, 0))
                .old("t_msync:msync_err unmapped was EINVAL", env -> env.fails(Errno.EINVAL, "msync", 0x1000, P, 0))
                .all("t_minherit:minherit_copy, share, none, bad", env -> {
                    long at = env.anon(3);
                    env.works("minherit", at + P, P, 0);
                    env.works("minherit", at + 2 * P, P, 2);
                    env.fails(Errno.EINVAL, "minherit", at, P, 666);
                    TestProcess child = env.process().fork();
                    child.poke(at, 1);
                    child.poke(at + P, 1);
                    assertEquals(SIGSEGV, child.poke(at + 2 * P, 1));
                    assertEquals(0, env.process().peek(at));
                    assertEquals(1, env.process().peek(at + P));
                })
                .modern("t_minherit:minherit_zero", env -> {
                    long at = env.anon(1);
                    env.process().poke(at, 7);
                    env.works("minherit", at, P, 3);
                    assertEquals(0, env.process().fork().peek(at));
                })
                .old("t_minherit:minherit_zero was EINVAL", env -> env.fails(Errno.EINVAL, "minherit", TEXT, P, 3))
                .all("t_mprotect:mprotect_access, err, write", env -> {
                    long at = env.map(env.open("/file", 0), 1, true);
                    env.fails(Errno.EACCES, "mprotect", at, P, RW);
                    env.fails(Errno.EINVAL, "mprotect", -1, 1, 1);
                    long page = env.anon(1);
                    env.works("mprotect", page, P, 1);
                    assertEquals(SIGSEGV, env.process().poke(page, 1));
                })
                .tests();
    }
}
