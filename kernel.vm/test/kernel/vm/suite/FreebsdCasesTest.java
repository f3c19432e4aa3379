// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MADV_FREE;
import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.suite.Cases.ANON;
import static kernel.vm.suite.Cases.P;
import static kernel.vm.suite.Cases.RW;
import static kernel.vm.suite.Cases.SIGBUS;
import static kernel.vm.suite.Cases.SIGSEGV;
import static kernel.vm.suite.Cases.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.call.MemorySymbols;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Cases of FreeBSD's tests/sys/vm, posixshm and tools/regression. */
class FreebsdCasesTest {
    @TempDir
    Path root;

    private static final long MAX = kernel.vm.testing.TestKernel.LIMITS.maxAddress();

    @TestFactory
    Stream<DynamicTest> freebsd() {
        return new Cases(root)
                .modern("mmap__bad_arguments", env -> {
                    env.fails(Errno.EINVAL, "mmap", 0, P, 0x100000, ANON, -1, 0);
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, ANON | 0x80, -1, 0);
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, MAP_ANON | MAP_PRIVATE | MAP_SHARED, -1, 0);
                    long fd = env.open("/file", 2);
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, 0, fd, 0);
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, ANON, fd, 0);
                    env.fails(Errno.EINVAL, "mmap", 0, P, 1, MAP_SHARED, fd, -P);
                })
                .old("mmap__bad_arguments were taken", env -> {
                    env.works("mmap", 0, P, 0x100000, ANON, -1, 0);
                    env.works("mmap", 0, P, 1, 0, env.open("/file", 2), 0);
                })
                .all("mmap__dev_zero_private, shared", env -> {
                    long fd = env.open("/dev/zero", 2);
                    long one = env.map(fd, RW, true);
                    long two = env.map(fd, RW, true);
                    long three = env.map(fd, RW, false);
                    env.process().poke(one, 1);
                    assertEquals(0, env.process().peek(two) + env.process().peek(three), "independent");
                    TestProcess child = env.process().fork();
                    child.poke(one, 2);
                    child.poke(three, 2);
                    assertEquals(2, env.process().peek(one));
                    assertEquals(0, env.process().peek(three));
                })
                .all("mmap__write_only", env ->
                        assertEquals(0, env.process().poke(env.process().ok("mmap", 0, P, 2, ANON, -1, 0), 1)))
                .modern("mmap__maxprot_basic, fork", env -> {
                    long at = env.process().ok("mmap", 0, P, 1 | 1 << 16, ANON, -1, 0);
                    env.fails(Errno.EACCES, "mprotect", at, P, RW);
                    assertEquals(Errno.EACCES, env.process().fork().call("mprotect", at, P, RW));
                    env.fails(Errno.ENOTSUP, "mmap", 0, P, 3 | 1 << 16, ANON, -1, 0);
                })
                .modern("mmap__maxprot_shm", env -> {
                    long fd = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0x202, 0);
                    env.works("ftruncate", fd, P);
                    long at = env.process().ok("mmap", 0, P, 1 | 1 << 16, MAP_SHARED, fd, 0);
                    env.fails(Errno.EACCES, "mprotect", at, P, RW);
                })
                .all("mlock__copy_on_write_anon", env -> {
                    long at = env.anon(2);
                    env.process().poke(at, 1);
                    env.works("mlock", at, 2 * P);
                    TestProcess child = env.process().fork();
                    env.process().poke(at, 2);
                    child.poke(at + P, 3);
                    assertEquals(1, child.peek(at));
                    assertEquals(0, env.process().peek(at + P));
                    assertEquals(2, env.process().vmspace().pmap().wiredCount());
                })
                .all("mlock__truncate_and_resize", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    env.process().poke(at, 1);
                    env.works("mlock", at, P);
                    env.works("ftruncate", fd, 0);
                    env.works("ftruncate", fd, P);
                    assertEquals(0, env.process().peek(at));
                })
                .repaired("mlock__truncate_and_unlock", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    env.process().peek(at);
                    int wired = env.kernel().vm.pages().wired();
                    for (int i = 0; i < 1000; i++) {
                        env.works("mlock", at, P);
                        env.works("ftruncate", fd, 0);
                        env.works("munlock", at, P);
                        env.works("ftruncate", fd, Cases.FILE_PAGES * P);
                        env.process().peek(at);
                    }
                    assertEquals(wired, env.kernel().vm.pages().wired());
                })
                .all("page_fault_signal", env -> {
                    long at = env.process().ok("mmap", 0, P, 1, ANON, -1, 0);
                    assertEquals(SIGSEGV, env.process().poke(at, 1));
                    assertEquals(2, env.process().memory().faultCode(), "accerr_1");
                    env.works("mprotect", at, P, 0);
                    assertEquals(-SIGSEGV, env.process().peek(at));
                    assertEquals(2, env.process().memory().faultCode(), "accerr_2");
                    env.works("munmap", at, P);
                    assertEquals(SIGSEGV, env.process().poke(at, 1));
                    assertEquals(1, env.process().memory().faultCode(), "maperr_1");
                    long fd = env.open("/file", 2);
                    long file = env.process().ok("mmap", 0, 8 * P, RW, MAP_SHARED, fd, 0);
                    assertEquals(SIGBUS, env.process().poke(file + 6 * P, 1));
                    assertEquals(3, env.process().memory().faultCode(), "objerr");
                })
                .repaired("shared_shadow_inval__lazy_cow", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, false);
                    env.works("minherit", at, Cases.FILE_PAGES * P, 0);
                    TestProcess child = env.process().fork();
                    assertEquals(0, child.peek(at));
                    env.process().poke(at, 5);
                    assertEquals(5, child.peek(at));
                })
                .all("posixshm: remap_object, readonly_mmap_write, object_resize", env -> {
                    long fd = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0x202, 0);
                    env.works("ftruncate", fd, P);
                    long at = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    env.process().poke(at, 5);
                    env.works("munmap", at, P);
                    long again = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    assertEquals(5, env.process().peek(again));
                    long readable = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0, 0);
                    env.fails(Errno.EACCES, "mmap", 0, P, RW, MAP_SHARED, readable, 0);
                    env.works("ftruncate", fd, 0);
                    assertEquals(-SIGBUS, env.process().peek(again));
                    env.works("ftruncate", fd, P);
                    assertEquals(0, env.process().peek(again));
                })
                .old("regression/mlock as a user", env -> {
                    env.process().root = false;
                    env.fails(Errno.EPERM, "mlock", TEXT, P);
                    env.fails(Errno.EPERM, "munlock", TEXT, P);
                })
                .modern("regression/mlock as a user, later", env -> {
                    env.process().root = false;
                    env.works("mlock", TEXT, P);
                    env.works("munlock", TEXT, P);
                })
                .all("madvise: a write after MADV_FREE stays", env -> {
                    long at = env.anon(1);
                    env.process().poke(at, 1);
                    env.works("madvise", at, P, MADV_FREE);
                    env.process().poke(at, 2);
                    assertEquals(2, env.process().peek(at));
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> vm() {
        return new Cases(root)
                .all("mmap__map_at_zero", env -> {
                    for (long address : new long[] {0, 1 << 12, 1 << 14, 1 << 16, 1 << 18}) {
                        assertEquals(address, env.process().ok("mmap", address, P, RW, ANON | MAP_FIXED, -1, 0));
                    }
                    for (long address : new long[] {1, -1, -P, MAX}) {
                        env.fails(Errno.EINVAL, "mmap", address, P, RW, ANON | MAP_FIXED, -1, 0);
                    }
                })
                .all("mlock__copy_on_write_vnode", env -> {
                    long at = env.map(env.open("/file", 0), RW, false);
                    env.works("mlock", at, P);
                    env.process().poke(at, 1);
                    TestProcess child = env.process().fork();
                    env.process().poke(at, 2);
                    child.poke(at + P, 3);
                    assertEquals(1, child.peek(at));
                    assertEquals(0, Files.readAllBytes(env.file())[0], "the file stays");
                    assertEquals(1, env.process().vmspace().pmap().wiredCount());
                    child.exit();
                })
                .repaired("shared_shadow_inval__eager_cow", env -> {
                    for (int pages : new int[] {1, 2, 3, Cases.FILE_PAGES}) {
                        long at = env.map(env.open("/file", 2), RW, false);
                        env.process().poke(at, 1);
                        env.works("minherit", at, pages * P, 0);
                        TestProcess child = env.process().fork();
                        for (int i = 0; i < pages; i++) {
                            child.peek(at + i * P);
                        }
                        for (int i = 0; i < pages; i++) {
                            (i % 2 == 0 ? env.process() : child).poke(at + i * P, 50 + i);
                        }
                        for (int i = 0; i < pages; i++) {
                            assertEquals(50 + i, child.peek(at + i * P));
                            assertEquals(50 + i, env.process().peek(at + i * P));
                        }
                        child.exit();
                    }
                })
                .repaired("shared_shadow_inval with collapse", env -> {
                    long at = env.map(env.open("/file", 2), RW, false);
                    env.process().poke(at, 1);
                    TestProcess other = env.process().fork();
                    env.works("minherit", at, Cases.FILE_PAGES * P, 0);
                    TestProcess child = env.process().fork();
                    assertEquals(1, child.peek(at));
                    other.exit();
                    env.process().poke(at, 6);
                    assertEquals(6, child.peek(at));
                    child.exit();
                })
                .modern("mmap_map_32bit", env -> {
                    long at = env.process().ok("mmap", 0, P, RW, ANON | MemorySymbols.MAP_32BIT, -1, 0);
                    assertTrue(at + P <= 1L << 31);
                })
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> posixshm() {
        return new Cases(root)
                .all("remap_object_with_shm_unlink, reopen_object", env -> {
                    long name = env.process().string(TEXT, "x");
                    long fd = env.process().ok("shm_open", name, 0x202, 0);
                    env.works("ftruncate", fd, P);
                    long at = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    env.process().poke(at, 7);
                    long again = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0, 0);
                    env.works("munmap", at, P);
                    assertEquals(7, env.process().peek(env.process().ok("mmap", 0, P, 1, MAP_SHARED, again, 0)));
                    env.works("shm_unlink", TEXT);
                    env.works("close", again);
                    assertEquals(7, env.process().peek(env.process().ok("mmap", 0, P, 1, MAP_SHARED, fd, 0)));
                    env.fails(Errno.ENOENT, "shm_open", TEXT, 2, 0);
                })
                .all("trunc_resets_object", env -> {
                    long fd = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0x202, 0);
                    env.works("ftruncate", fd, P);
                    long at = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    env.process().poke(at, 7);
                    env.process().ok("shm_open", env.process().string(TEXT, "x"), 0x602, 0);
                    assertEquals(-SIGBUS, env.process().peek(at));
                    env.works("ftruncate", fd, P);
                    assertEquals(0, env.process().peek(at));
                })
                .all("shm_functionality_across_fork", env -> {
                    long fd = env.process().ok("shm_open", env.process().string(TEXT, "x"), 0x202, 0);
                    env.works("ftruncate", fd, P);
                    long at = env.process().ok("mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    TestProcess child = env.process().fork();
                    for (int i = 1; i < 8; i++) {
                        env.process().poke(at, i);
                        assertEquals(i, child.peek(at));
                        child.poke(at + 8, -i);
                        assertEquals(-i, env.process().peek(at + 8));
                    }
                    child.exit();
                })
                .tests();
    }
}
