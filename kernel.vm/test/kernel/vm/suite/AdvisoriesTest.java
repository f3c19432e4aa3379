// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static kernel.vm.call.MemorySymbols.MCL_FUTURE;
import static kernel.vm.call.MemorySymbols.MS_INVALIDATE;
import static kernel.vm.call.MemorySymbols.MS_SYNC;
import static kernel.vm.suite.Cases.ANON;
import static kernel.vm.suite.Cases.FILE_PAGES;
import static kernel.vm.suite.Cases.P;
import static kernel.vm.suite.Cases.RW;
import static kernel.vm.suite.Cases.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.file.FileFlags;
import kernel.vm.map.VmLimits;
import kernel.vm.object.VmObject;
import kernel.vm.object.VmProfile;
import kernel.vm.page.FailurePlan;
import kernel.vm.page.FailurePoint;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What security advisories and known defects of this layer and its kin were about, each as a scenario. */
class AdvisoriesTest {
    private static final long A = 0x0200_0000;
    private static final long MAX = TestKernel.LIMITS.maxAddress();
    private static final int MANY = 220;

    @TempDir
    Path root;

    private static void flags(Cases.Env env, int flags) {
        env.works("chflags", env.process().string(TEXT, "/file"), flags);
    }

    private static VmObject fileObject(Cases.Env env, long fd) {
        return env.process().files().get((int) fd).vnode().object();
    }

    @TestFactory
    Stream<DynamicTest> filesAndTheirFlags() {
        return new Cases(root)
                .all("R1 flags of a file bind its shared mappings", env -> {
                    for (int flag : new int[] {FileFlags.SF_APPEND, FileFlags.SF_IMMUTABLE}) {
                        long fd = env.open("/file", 2);
                        long before = env.map(fd, RW, true);
                        flags(env, flag);
                        env.fails(Errno.EPERM, "mmap", 0, P, RW, MAP_SHARED, fd, 0);
                        env.fails(Errno.EACCES, "mprotect", env.map(fd, 1, true), P, RW);
                        env.process().poke(env.map(fd, RW, false), 7);
                        assertEquals(0, Files.readAllBytes(env.file())[0]);
                        assertEquals(0, env.process().poke(before, 9), "what was mapped before keeps its rights");
                        flags(env, 0);
                        env.process().poke(before, 0);
                    }
                })
                .all("R2 failed mappings leave no reference", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, 1, true);
                    int references = fileObject(env, fd).refCount();
                    long readable = env.open("/file", 0);
                    long device = env.open("/dev/fb0", 2);
                    for (int i = 0; i < 1000; i++) {
                        env.fails(Errno.ENOMEM, "mmap", 0, MAX, 1, MAP_SHARED, fd, 0);
                        env.fails(Errno.EACCES, "mmap", 0, P, RW, MAP_SHARED, readable, 0);
                        env.fails(Errno.EINVAL, "mmap", 0, P, RW, MAP_PRIVATE, device, 0);
                    }
                    env.process().files().get((int) fd).vnode().flags(kernel.vm.file.Vnode.IMMUTABLE);
                    env.fails(Errno.EPERM, "mmap", 0, P, RW, MAP_SHARED, fd, 0);
                    assertEquals(references, fileObject(env, fd).refCount());
                    env.works("munmap", at, FILE_PAGES * P);
                })
                .all("R3 invalidating keeps what others wrote", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    long readable = env.open("/file", 0);
                    TestProcess reader = env.process().fork();
                    long own = reader.ok("mmap", 0, P, 1, MAP_SHARED, readable, 0);
                    reader.peek(own);
                    env.process().poke(at, 5);
                    reader.ok("msync", own, P, MS_INVALIDATE);
                    assertEquals(5, env.process().peek(at));
                    assertEquals(5, Files.readAllBytes(env.file())[0]);
                    reader.exit();
                })
                .all("R9 what is behind the end of a file is zero", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    env.process().poke(at + 2 * P + 8, 0x77);
                    env.works("ftruncate", fd, 2 * P + 8);
                    env.works("ftruncate", fd, 3 * P);
                    assertEquals(0, env.process().peek(at + 2 * P + 8));
                    env.works("lseek", fd, 2 * P + 8, 0);
                    env.process().ok("read", fd, TEXT, 8);
                    assertEquals(0, env.process().peek(TEXT));
                })
                .seed("R20 a failed write is not reported", env -> failedWrite(env, 0))
                .repaired("R20 a failed write is EIO, and the page stays dirty", env -> failedWrite(env, Errno.EIO))
                .tests();
    }

    private static void failedWrite(Cases.Env env, int errno) {
        long fd = env.open("/file", 2);
        long at = env.map(fd, RW, true);
        env.process().poke(at, 1);
        env.kernel().vm.pages().failures(point -> point == FailurePoint.PAGE_OUT);
        assertEquals(errno, env.process().call("msync", at, P, MS_SYNC));
        env.kernel().vm.pages().failures(FailurePlan.NONE);
        assertEquals(errno == 0, fileObject(env, fd).pages().first().dirty() == 0);
    }

    @TestFactory
    Stream<DynamicTest> addressesAndSharing() {
        return new Cases(root)
                .repaired("R5 sharers of a copy see the new page", env -> {
                    long at = env.map(env.open("/file", 2), RW, false);
                    env.process().poke(at, 1);
                    env.works("minherit", at, FILE_PAGES * P, 0);
                    TestProcess child = env.process().fork();
                    assertEquals(0, child.peek(at + P));
                    env.process().poke(at + P, 5);
                    assertEquals(5, child.peek(at + P));
                    child.poke(at + P, 6);
                    assertEquals(6, env.process().peek(at + P));
                    child.exit();
                })
                .all("R7 address 0 may be mapped", env -> {
                    env.works("mmap", 0, P, RW, ANON | MAP_FIXED, -1, 0);
                    assertEquals(0, env.process().poke(0, 1));
                })
                .old("R8 mincore tells what others use", env -> assertEquals(1, othersPages(env)))
                .modern("R8 mincore tells nothing of others", env -> assertEquals(0, othersPages(env)))
                .all("R17 a stack does not wrap", env -> {
                    for (long length : new long[] {1L << 30, Long.MAX_VALUE}) {
                        env.fails(Errno.ENOMEM, "mmap", MAX - P, length, RW, MAP_STACK, -1, 0);
                    }
                })
                .all("R25 many processes map one file", env -> {
                    long at = env.map(env.open("/file", 2), RW, true);
                    List<TestProcess> all = new ArrayList<>();
                    for (int i = 0; i < MANY; i++) {
                        TestProcess child = env.process().fork();
                        assertEquals(i, child.peek(at));
                        child.poke(at, i + 1);
                        all.add(child);
                    }
                    assertEquals(MANY, env.process().peek(at));
                    all.forEach(TestProcess::exit);
                })
                .tests();
    }

    private static int othersPages(Cases.Env env) {
        long fd = env.open("/file", 0);
        long at = env.map(fd, 1, true);
        TestProcess other = env.process().fork();
        other.peek(at + P);
        int seen = env.resident(at + P, 1);
        other.exit();
        return seen;
    }

    @TestFactory
    Stream<DynamicTest> locks() {
        return new Cases(root)
                .all("R12 a process that locked nothing can end", env -> {
                    long at = env.anon(2);
                    env.works("mlock", at + P, 0);
                    env.works("munlock", at + P, 0);
                    TestProcess child = env.process().fork();
                    child.ok("mlock", at + P, 0);
                    child.exit();
                    env.works("munmap", at, 2 * P);
                })
                .repaired("R14 pages of a cut file do not stay wired", env -> {
                    long fd = env.open("/file", 2);
                    long at = env.map(fd, RW, true);
                    env.process().peek(at);
                    int wired = env.kernel().vm.pages().wired();
                    for (int i = 0; i < 10_000; i++) {
                        env.works("mlock", at, P);
                        env.works("ftruncate", fd, 0);
                        env.works("munlock", at, P);
                        env.works("ftruncate", fd, P);
                    }
                    assertEquals(wired, env.kernel().vm.pages().wired());
                })
                .all("R15 a fork of a locked process leaves no negative count", env -> {
                    long at = env.anon(2);
                    env.works("minherit", at, P, 0);
                    env.works("mlock", at, 2 * P);
                    TestProcess child = env.process().fork();
                    child.peek(at);
                    assertTrue(child.vmspace().pmap().wiredCount() >= 0);
                    child.ok("munmap", at, 2 * P);
                    assertTrue(child.vmspace().pmap().wiredCount() >= 0);
                    child.exit();
                    assertEquals(2, env.process().vmspace().pmap().wiredCount());
                })
                .all("R16 MCL_FUTURE until memory is short", env -> {
                    env.works("mlockall", MCL_FUTURE);
                    int error = 0;
                    for (int i = 0; i < 40 && error == 0; i++) {
                        error = env.process().call("mmap", 0, 128 * P, RW, ANON, -1, 0);
                    }
                    assertTrue(env.kernel().vm.pages().wired() < env.kernel().vm.pages().frames());
                    env.works("munlockall");
                    assertEquals(0, env.process().vmspace().pmap().wiredCount());
                })
                .modern("R24 each process of a user has the limit, and a child begins without locks", env -> {
                    env.process().root = false;
                    env.process().limit(Resource.MEMLOCK, P);
                    long at = env.anon(2);
                    env.works("mlock", at, P);
                    env.fails(Errno.ENOMEM, "mlock", at + P, P);
                    TestProcess child = env.process().fork();
                    assertEquals(0, child.vmspace().pmap().wiredCount());
                    child.exit();
                })
                .tests();
    }

    @Test
    void r18TheSumOfSizesDoesNotWrapIn32Bits() {
        try (TestKernel kernel = new TestKernel(new VmLimits(0, 0xbfc0_0000L, 32, false, TestKernel.GROW_BYTES))) {
            kernel.on(() -> {
                for (VmProfile profile : List.of(VmProfile.seed(), VmProfile.fixed(), VmProfile.modern())) {
                    kernel.vm.context().profile(profile);
                    TestProcess process = kernel.process();
                    process.ok("mmap", A, 0x7000_0000L, 0, ANON | MAP_FIXED, -1, 0);
                    process.ok("mmap", A + 0x7000_0000L, 0x3000_0000L, 0, ANON | MAP_FIXED, -1, 0);
                    process.limit(Resource.VMEM, 0xb000_0000L);
                    assertEquals(Errno.ENOMEM, process.call("mmap", A, 0x7000_0000L, 0, ANON | MAP_FIXED, -1, 0),
                            profile.name() + ": 0x110000000 in all");
                    process.exit();
                }
            });
        }
    }
}
