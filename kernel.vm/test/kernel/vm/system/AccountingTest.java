// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.vm.object.ObjectType;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory is accounted to the page, and everything is free again when the last process exits, for every kind of object. */
class AccountingTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0100_0000;
    private static final int PAGES = 40;
    private static final int MANY = 700;

    @TempDir
    Path root;

    private static long map(TestKernel kernel, TestProcess process, String kind, int pages) {
        return switch (kind) {
            case "DEFAULT" -> process.ok("mmap", A, pages * P, 3, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
            case "SHARED" -> process.ok("mmap", A, pages * P, 3, MAP_ANON | MAP_SHARED | MAP_FIXED, -1, 0);
            case "STACK" -> process.ok("mmap", A, pages * P, 3, MAP_STACK | MAP_FIXED, -1, 0);
            case "VNODE" -> process.ok("mmap", A, pages * P, 3, MAP_SHARED | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/file"), 2, 0), 0);
            case "SHADOW" -> process.ok("mmap", A, pages * P, 3, MAP_PRIVATE | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/file"), 2, 0), 0);
            case "DEVICE" -> process.ok("mmap", A, pages * P, 3, MAP_SHARED | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/dev/fb0"), 2, 0), 0);
            case "ZERO" -> process.ok("mmap", A, pages * P, 3, MAP_PRIVATE | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/dev/zero"), 2, 0), 0);
            default -> {
                kernel.vm.context().tunables().physicalSharedMemory(kind.equals("PHYS"));
                long fd = process.ok("shm_open", process.string(TEXT, "memory"), 0x202, 0);
                process.ok("ftruncate", fd, pages * P);
                process.ok("shm_unlink", process.string(TEXT, "memory"));
                yield process.ok("mmap", A, pages * P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            }
        };
    }

    /** With more pages than memory has, where they can go somewhere else; locked and split in the middle, and forked. */
    @ParameterizedTest(name = "{0}, {1} pages")
    @CsvSource({"DEFAULT, 40", "DEFAULT, 700", "SHARED, 40", "SHARED, 700", "STACK, 40", "VNODE, 40", "VNODE, 700",
        "SHADOW, 40", "SHADOW, 700", "SWAP, 40", "SWAP, 700", "PHYS, 40", "DEVICE, 40", "ZERO, 40", "ZERO, 700"})
    void everythingComesBack(String kind, int pages) throws IOException {
        Files.write(root.resolve("file"), new byte[(int) (MANY * P)]);
        try (TestKernel kernel = new TestKernel(2L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                map(kernel, process, kind, pages);
                touch(process, pages);
                account(kernel);
                process.ok("mlock", A + P, 3 * P);
                process.ok("mprotect", A + 2 * P, P, 1);
                TestProcess child = process.fork();
                touch(child, Math.min(pages, PAGES) / 2);
                account(kernel);
                process.ok("munmap", A + 4 * P, P);
                process.exit();
                account(kernel);
                touchOne(child, A + 6 * P);
                child.exit();
                nothingLeft(kernel);
            });
        }
    }

    private static void touch(TestProcess process, int pages) {
        for (long i = 0; i < pages; i++) {
            touchOne(process, A + i * P);
        }
    }

    private static void touchOne(TestProcess process, long address) {
        if (address != A + 2 * P) {
            assertEquals(0, process.poke(address, 1));
        }
    }

    /** Every frame is in exactly one place, and every list and count agrees with what is found there. */
    private static void account(TestKernel kernel) {
        PagePool pool = kernel.vm.pages();
        int owned = 0;
        int fictitious = 0;
        int swapped = 0;
        for (VmObject object = kernel.vm.context().objects().first(); object != null; object = object.nextLive()) {
            int listed = 0;
            for (VmPage page = object.pages().first(); page != null; page = page.nextOfOwner()) {
                assertSame(object, page.owner());
                assertSame(page, pool.find(object, page.index()));
                assertEquals(object.type() == ObjectType.DEVICE, page.fictitious());
                fictitious += page.fictitious() ? 1 : 0;
                listed++;
            }
            assertEquals(listed, object.pages().size());
            owned += listed;
            swapped += object.swapBlocks();
        }
        int inObjects = 0;
        int wired = 0;
        int pageable = 0;
        for (int frame = 1; frame < pool.frames(); frame++) {
            VmPage page = pool.page(frame);
            inObjects += page.owner() != null ? 1 : 0;
            wired += page.wireCount() > 0 ? 1 : 0;
            pageable += page.pageable() ? 1 : 0;
        }
        assertEquals(owned, inObjects + fictitious, "pages of objects");
        assertEquals(pool.frames() - 1, pool.free().size() + inObjects + pool.tables(), "every frame once");
        assertEquals(wired, pool.wired());
        assertEquals(pageable, pool.pageable());
        assertEquals(fictitious, pool.unmanaged().fictitious());
        assertEquals(swapped, kernel.vm.context().objects().swap().space().inUse());
    }

    private static void nothingLeft(TestKernel kernel) {
        PagePool pool = kernel.vm.pages();
        assertEquals(0, kernel.vm.context().objects().live());
        assertEquals(0, kernel.vm.spaces().count());
        assertEquals(pool.frames() - 1, pool.free().size());
        assertEquals(0, pool.cache().size());
        assertEquals(0, pool.tables());
        assertEquals(0, pool.wired());
        assertEquals(0, pool.pageable());
        assertEquals(0, pool.unmanaged().fictitious());
        assertEquals(0, kernel.vm.context().objects().swap().space().inUse());
    }
}
