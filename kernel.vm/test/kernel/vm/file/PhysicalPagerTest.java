// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import kernel.sched.errno.Errno;
import kernel.vm.object.ObjectType;
import kernel.vm.page.FailurePoint;
import kernel.vm.page.VmPage;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** Memory files with memory that is never paged ({@code kern.ipc.shm_use_phys}). */
class PhysicalPagerTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final int CREAT_RDWR = 0x202;

    private static void with(BiConsumer<TestKernel, TestProcess> body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.vm.context().tunables().physicalSharedMemory(true);
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                body.accept(kernel, process);
                process.call("shm_unlink", process.string(TEXT, "memory"));
                process.exit();
                assertEquals(0, kernel.pagesInUse());
                assertEquals(0, kernel.vm.context().objects().live());
                assertEquals(0, kernel.vm.pages().wired());
            });
        }
    }

    private static long file(TestProcess process, long pages) {
        long fd = process.ok("shm_open", process.string(TEXT, "memory"), CREAT_RDWR, 0);
        process.ok("ftruncate", fd, pages * P);
        return fd;
    }

    private static VmPage pageAt(TestKernel kernel, TestProcess process, long address) {
        return kernel.vm.pages().find(process.entry(address).object(), process.entry(address).indexOf(address));
    }

    @Test
    void pagesAreWiredZerosAndStay() {
        with((kernel, process) -> {
            process.ok("mmap", A, 3 * P, 3, MAP_SHARED | MAP_FIXED, file(process, 3), 0);
            assertEquals(ObjectType.PHYS, process.entry(A).object().type());
            int wired = kernel.vm.pages().wired() - kernel.vm.pages().tables();
            assertEquals(0, process.peek(A));
            process.poke(A + P, 5);
            assertEquals(wired + 2, kernel.vm.pages().wired() - kernel.vm.pages().tables());
            VmPage page = pageAt(kernel, process, A + P);
            assertTrue(page.unmanaged());
            assertFalse(page.fictitious() || page.pageable());
            assertEquals(0, page.dirty());
            kernel.vm.pageout().reclaimNow();
            process.ok("madvise", A, 3 * P, 4);
            assertEquals(5, process.peek(A + P));
            TestProcess child = process.fork();
            child.poke(A + P, 6);
            child.exit();
            assertEquals(6, process.peek(A + P));
            process.ok("mlock", A, 2 * P);
            process.ok("munlock", A, 2 * P);
            assertEquals(1, page.wireCount());
        });
    }

    @Test
    void readingAndWritingUseTheSamePages() {
        with((kernel, process) -> {
            long fd = file(process, 1);
            process.poke(TEXT, 9);
            assertEquals(8, process.ok("write", fd, TEXT, 8));
            process.ok("mmap", A, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            assertEquals(9, process.peek(A));
            process.poke(A, 10);
            process.ok("lseek", fd, 0, 0);
            assertEquals(8, process.ok("read", fd, TEXT, 8));
            assertEquals(10, process.peek(TEXT));
        });
    }

    @Test
    void privateCopiesAreOrdinaryMemory() {
        with((kernel, process) -> {
            long fd = file(process, 1);
            process.ok("mmap", A, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            process.ok("mmap", A + P, P, 3, MAP_PRIVATE | MAP_FIXED, fd, 0);
            process.poke(A, 1);
            process.poke(A + P, 2);
            assertEquals(1, process.peek(A));
            assertFalse(pageAt(kernel, process, A + P).unmanaged());
        });
    }

    @Test
    void nobodyCouldUnmapWhatIsCutOff() {
        with((kernel, process) -> {
            long fd = file(process, 2);
            process.ok("mmap", A, 2 * P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            process.poke(A + P, 1);
            assertEquals(Errno.EOPNOTSUPP, process.call("ftruncate", fd, P));
            assertEquals(1, process.peek(A + P));
            assertEquals(0, process.call("ftruncate", fd, 3 * P));
        });
    }

    @Test
    void behindTheEndIsNothing() {
        with((kernel, process) -> {
            process.ok("mmap", A, 2 * P, 3, MAP_SHARED | MAP_FIXED, file(process, 1), 0);
            assertEquals(10, process.poke(A + P, 1));
            kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_IN);
            assertEquals(10, process.poke(A, 1));
            kernel.vm.pages().failures(point -> false);
            assertEquals(0, process.poke(A, 1));
        });
    }

    @Test
    void theSwitchIsForFilesToCome() {
        with((kernel, process) -> {
            long fd = file(process, 1);
            process.ok("mmap", A, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            kernel.vm.context().tunables().physicalSharedMemory(false);
            process.ok("mmap", A + P, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            assertEquals(ObjectType.PHYS, process.entry(A + P).object().type());
            long other = process.ok("shm_open", process.string(TEXT, "other"), CREAT_RDWR, 0);
            process.ok("ftruncate", other, P);
            process.ok("mmap", A + 2 * P, P, 3, MAP_SHARED | MAP_FIXED, other, 0);
            assertEquals(ObjectType.SWAP, process.entry(A + 2 * P).object().type());
            process.ok("shm_unlink", process.string(TEXT, "other"));
        });
    }
}
