// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import kernel.sched.errno.Errno;
import kernel.vm.call.MemorySymbols;
import kernel.vm.object.ObjectType;
import kernel.vm.object.SignalPersonality;
import kernel.vm.object.VmObject;
import kernel.vm.page.FailurePoint;
import kernel.vm.page.MemoryAttribute;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** Mappings of devices: what the driver is asked, and what its pages are. */
class DevicePagerTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final int RW = 3;
    private static final int RDWR = 2;

    /** Four pages, back to front; the third cannot be written. */
    private static final class Backwards implements CharacterDevice {
        private final long base;
        final List<String> asked = new ArrayList<>();

        Backwards(TestKernel kernel) {
            base = kernel.engine.memory().size() + 0x100 * P;
        }

        @Override
        public String name() {
            return "/dev/backwards";
        }

        @Override
        public long sizeBytes() {
            return 4 * P;
        }

        @Override
        public long mapPage(long offset, int prot) {
            asked.add(offset / P + ":" + prot);
            boolean readOnly = offset == 2 * P && (prot & VmProt.WRITE) != 0;
            return offset < 0 || offset >= 4 * P || readOnly ? REFUSED : base + 3 * P - offset;
        }

        @Override
        public MemoryAttribute attribute() {
            return MemoryAttribute.UNCACHEABLE;
        }
    }

    private interface Body {
        void run(TestKernel kernel, TestProcess process, Backwards device);
    }

    private static void with(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            Backwards device = new Backwards(kernel);
            kernel.vm.files().add(device);
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                body.run(kernel, process, device);
                process.exit();
                assertEquals(0, kernel.pagesInUse());
                assertEquals(0, kernel.vm.context().objects().live());
                assertEquals(0, kernel.vm.pages().unmanaged().fictitious());
                assertEquals(0, kernel.vm.pages().wired());
            });
        }
    }

    private static long open(TestProcess process, String path) {
        return process.ok("open", process.string(TEXT, path), RDWR, 0);
    }

    private static VmPage pageAt(TestKernel kernel, TestProcess process, long address) {
        return kernel.vm.context().objects().findInChain(process.entry(address).object(),
                process.entry(address).indexOf(address));
    }

    @Test
    void offsetsAreTranslatedByTheDriver() {
        with((kernel, process, device) -> {
            process.ok("mmap", A, 2 * P, RW, MAP_SHARED | MAP_FIXED, open(process, device.name()), 0);
            process.poke(A, 1);
            process.poke(A + P, 2);
            assertEquals(1, kernel.engine.memory().get64(device.base + 3 * P));
            assertEquals(2, kernel.engine.memory().get64(device.base + 2 * P));
            process.ok("munmap", A, 2 * P);
            long fd = open(process, device.name());
            assertEquals(8, process.ok("read", fd, TEXT, 8));
            assertEquals(1, process.peek(TEXT), "reads go the same way");
        });
    }

    @Test
    void theDriverIsAskedForEveryPageAndRefusesTheWhole() {
        with((kernel, process, device) -> {
            long fd = open(process, device.name());
            device.asked.clear();
            assertEquals(Errno.EINVAL, process.call("mmap", A, 4 * P, RW, MAP_SHARED | MAP_FIXED, fd, 0));
            assertEquals(List.of("0:3", "1:3", "2:3"), device.asked);
            assertNull(kernel.vm.context().objects().first().nextLive(), "only that of the text");
            assertEquals(Errno.EINVAL, process.call("mmap", A, 2 * P, 1, MAP_SHARED | MAP_FIXED, fd, 3 * P));
            assertEquals(Errno.EINVAL, process.call("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, fd, -P));
            assertEquals(Errno.EINVAL, process.call("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, fd, Long.MIN_VALUE));
            process.ok("mmap", A, 4 * P, 1, MAP_SHARED | MAP_FIXED, fd, 0);
            assertEquals(0, process.peek(A + 2 * P));
        });
    }

    @Test
    void pagesAreFictitiousAndOnNoQueue() {
        with((kernel, process, device) -> {
            long fd = open(process, device.name());
            int free = kernel.vm.pages().available() + kernel.vm.pages().tables();
            process.ok("mmap", A, 2 * P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            process.poke(A, 1);
            VmPage page = pageAt(kernel, process, A);
            assertTrue(page.fictitious() && page.unmanaged());
            assertEquals(MemoryAttribute.UNCACHEABLE, page.attribute());
            assertEquals(1, page.wireCount());
            assertEquals(0, page.dirty(), "never dirty");
            assertFalse(page.pageable());
            assertNull(page.queue());
            assertSame(page, kernel.vm.pages().page(page.frame()));
            assertEquals(free, kernel.vm.pages().available() + kernel.vm.pages().tables(), "no memory was taken");
            kernel.vm.pageout().reclaimNow();
            assertEquals(1, process.peek(A));
            process.ok("mlock", A, P);
            assertEquals(2, page.wireCount());
            assertEquals(kernel.vm.pages().tables(), kernel.vm.pages().wired(), "no memory was wired");
            process.ok("munlock", A, P);
            assertEquals(1, page.wireCount());
        });
    }

    @Test
    void oneObjectServesAllMappingsAndGrows() {
        with((kernel, process, device) -> {
            long fd = open(process, device.name());
            process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            VmObject object = process.entry(A).object();
            assertEquals(ObjectType.DEVICE, object.type());
            assertEquals(1, object.sizePages());
            process.ok("mmap", A + 8 * P, P, 1, MAP_SHARED | MAP_FIXED, open(process, device.name()), 3 * P);
            assertSame(object, process.entry(A + 8 * P).object());
            assertEquals(4, object.sizePages());
            assertEquals(2, object.refCount());
            process.ok("munmap", A, P);
            process.ok("munmap", A + 8 * P, P);
            assertEquals(0, kernel.vm.pages().unmanaged().fictitious(), "gone with the last mapping, though open");
            process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            process.poke(A, 5);
        });
    }

    @Test
    void aRefusalWhenThePageIsUsedIsASignal() {
        with((kernel, process, device) -> {
            process.ok("mmap", A, 2 * P, RW, MAP_SHARED | MAP_FIXED, open(process, device.name()), 0);
            kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_IN);
            assertEquals(10, process.poke(A, 1), "SIGBUS");
            assertEquals(3, process.memory().faultCode(), "BUS_OBJERR");
            kernel.vm.context().signals(SignalPersonality.HEAD_2006);
            assertEquals(11, process.poke(A, 1));
            assertEquals(Errno.ENOMEM, process.call("mlock", A, P));
            kernel.vm.pages().failures(point -> false);
            assertEquals(0, process.poke(A, 1), "the next time it goes well");
        });
    }

    @Test
    void invalidatedPagesAreAskedForAgain() {
        with((kernel, process, device) -> {
            process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED, open(process, device.name()), 0);
            process.poke(A, 9);
            VmPage page = pageAt(kernel, process, A);
            process.ok("msync", A, P, MemorySymbols.MS_INVALIDATE);
            assertEquals(0, page.valid());
            device.asked.clear();
            assertEquals(9, process.peek(A), "the device kept it");
            assertEquals(1, device.asked.size());
            assertEquals(VmPage.ALL, page.valid());
            assertSame(page, pageAt(kernel, process, A));
        });
    }

    @Test
    void copiesOfADeviceAreMemory() {
        with((kernel, process, device) -> {
            process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED, open(process, device.name()), 0);
            process.poke(A, 3);
            process.ok("minherit", A, P, 1);
            TestProcess child = process.fork();
            assertEquals(3, child.peek(A));
            child.poke(A, 4);
            assertFalse(pageAt(kernel, child, A).fictitious());
            assertEquals(3, kernel.engine.memory().get64(device.base + 3 * P));
            child.exit();
        });
    }

    @Test
    void mincoreAndAdviceLeaveThemAlone() {
        with((kernel, process, device) -> {
            process.ok("mmap", A, 2 * P, RW, MAP_SHARED | MAP_FIXED, open(process, device.name()), 0);
            process.poke(A, 3);
            for (int advice = 0; advice < 6; advice++) {
                process.ok("madvise", A, 2 * P, advice);
            }
            process.ok("mincore", A, 2 * P, TEXT);
            assertEquals(1, process.peek(TEXT) & 1);
            assertEquals(3, process.peek(A));
        });
    }

    @Test
    void theZeroDeviceHasNoObject() {
        with((kernel, process, device) -> {
            process.ok("mmap", A, P, RW, MAP_PRIVATE | MAP_FIXED, open(process, "/dev/zero"), 0);
            process.poke(A, 1);
            assertEquals(ObjectType.DEFAULT, process.entry(A).object().type());
            assertNotNull(pageAt(kernel, process, A));
        });
    }

    @Test
    void aPathHasOneDevice() {
        with((kernel, process, device) ->
                assertThrows(IllegalArgumentException.class, () -> kernel.vm.files().add(new Backwards(kernel))));
    }

    /** What is drawn outlives the last user of the frame buffer. */
    @Test
    void theFrameBufferKeepsItsContents() {
        with((kernel, process, device) -> {
            BiConsumer<Long, Long> check = (fd, expected) -> {
                process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
                assertEquals(expected, process.peek(A));
                process.poke(A, 77);
                process.ok("munmap", A, P);
                process.ok("close", fd);
            };
            check.accept(open(process, FrameBuffer.NAME), 0L);
            check.accept(open(process, FrameBuffer.NAME), 77L);
        });
    }
}
