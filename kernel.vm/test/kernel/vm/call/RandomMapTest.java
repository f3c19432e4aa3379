// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kernel.sched.errno.Errno;
import kernel.vm.call.MapModel.Page;
import kernel.vm.call.MapModel.View;
import kernel.vm.fault.FaultSignal;
import kernel.vm.map.MapIndexKind;
import kernel.vm.map.VmMapEntry;
import kernel.vm.object.Feature;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.pmap.VmProt;
import kernel.vm.system.Amnesia;
import kernel.vm.system.PmapSwap;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.Shrinker;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import machine.core.cost.CostTable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls of several processes against {@link MapModel}: results, contents, entries, and nothing left over. */
class RandomMapTest {
    private static final int PAGES = 40;
    private static final int FILE_PAGES = 12;
    private static final int STEPS = 600;
    private static final long SCARCE_BYTES = 96 * PagePool.PAGE_SIZE;
    private static final int MAX_PROCESSES = 5;
    private static final long BASE = 0x0200_0000;
    private static final long PAGE = PagePool.PAGE_SIZE;

    @TempDir
    Path root;

    private record Pair(TestProcess process, MapModel model) {}

    private TestKernel kernel;
    private VmProfile profile;
    private Way way;
    private Random random;
    private Amnesia amnesia;
    private final List<Pair> pairs = new ArrayList<>();
    private final View[] file = new View[FILE_PAGES];

    /** How easy the kernel has it. */
    private enum Way {
        /** Memory enough, translations stay unless a step takes them. */
        RELAXED,
        /** Between any two steps every unwired translation goes with a chance of one in two. */
        FORGETFUL,
        /** There are fewer frames than the processes use, so that pages go out and come back all the time. */
        SHORT_OF_MEMORY
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everythingIsAsInTheModel(long seed) {
        Shrinker.check(STEPS, steps -> trial(seed, steps, Way.RELAXED));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 12})
    void alsoIfTranslationsAreForgottenAtEveryStep(long seed) {
        Shrinker.check(STEPS, steps -> trial(seed, steps, Way.FORGETFUL));
    }

    @ParameterizedTest
    @ValueSource(longs = {13, 14, 15, 16, 17, 18})
    void alsoIfMemoryIsShort(long seed) {
        Shrinker.check(STEPS, steps -> trial(seed, steps, Way.SHORT_OF_MEMORY));
    }

    /** Runs some of the steps of a seed on a new kernel; what went wrong, or null. */
    private Throwable trial(long seed, List<Integer> steps, Way which) {
        way = which;
        pairs.clear();
        for (int i = 0; i < FILE_PAGES; i++) {
            file[i] = new View(null);
        }
        profile = switch ((int) (seed % 3)) {
            // The model knows neither sharers that miss writes, nor pages and rights that a lock takes for ever.
            case 0 -> VmProfile.seed().without(Quirk.SHARED_COPY_UNSEEN).without(Quirk.UNWIRE_BY_TRANSLATION)
                    .without(Quirk.WIRING_STRIPS_WRITE).without(Quirk.LOCKED_COPY_UNWRITABLE);
            case 1 -> VmProfile.fixed();
            default -> VmProfile.modern().without(Feature.RANDOM_ADDRESSES);
        };
        try {
            Files.write(root.resolve("data"), new byte[(int) (FILE_PAGES * PAGE)]);
            kernel = new TestKernel(way == Way.SHORT_OF_MEMORY ? SCARCE_BYTES : 16L << 20, root);
            kernel.vm.context().profile(profile);
            kernel.vm.context().tunables().maxProcMmap(0);
            amnesia = new Amnesia(kernel.engine, seed);
            kernel.on(() -> run(seed, steps));
            kernel.close();
            checkFile();
            return null;
        } catch (IOException | RuntimeException | AssertionError failure) {
            kernel.close();
            return failure;
        }
    }

    private void run(long seed, List<Integer> steps) {
        TestProcess first = kernel.process();
        // Room for strings at a place that the window does not touch; descriptors 0 (read-write) and 1 (read-only).
        long scratch = first.ok("mmap", BASE - 16 * PAGE, PAGE, 3, MAP_ANON | MAP_FIXED, -1, 0);
        first.string(scratch, "/data");
        assertEquals(0, first.ok("open", scratch, 2, 0));
        assertEquals(1, first.ok("open", scratch, 0, 0));
        pairs.add(new Pair(first, new MapModel(PAGES)));
        for (int step : steps) {
            // Each step draws its own numbers, so that leaving others out does not change it.
            random = new Random(seed * STEPS + step);
            step(pairs.get(random.nextInt(pairs.size())));
            if (way == Way.FORGETFUL) {
                pairs.forEach(pair -> amnesia.forget(pair.process.vmspace(), 2));
            }
            MapChecks.check(kernel.vm);
        }
        pairs.forEach(pair -> {
            checkAll(pair);
            pair.process.exit();
        });
        if (way == Way.SHORT_OF_MEMORY && steps.size() == STEPS) {
            assertTrue(kernel.vm.counters().get(VmCounter.PAGE_OUTS) > 0, "memory was not short");
        }
        assertEquals(0, kernel.pagesInUse(), "pages in use at the end");
        assertEquals(0, kernel.vm.context().objects().live(), "objects at the end");
    }

    private void swapIndex() {
        kernel.vm.spaces().index(switch (random.nextInt(3)) {
            case 0 -> MapIndexKind.chunks();
            case 1 -> MapIndexKind.rbtree();
            default -> MapIndexKind.splay();
        });
    }

    private void step(Pair pair) {
        int first = random.nextInt(PAGES);
        int count = 1 + random.nextInt(Math.min(8, PAGES - first));
        switch (random.nextInt(19)) {
            case 0 -> mapAnonymous(pair, first, count);
            case 1, 2 -> mapFile(pair, first, count);
            case 3 -> unmap(pair, first, count);
            case 4 -> protect(pair, first, count);
            case 5 -> inherit(pair, first, count);
            case 6 -> advise(pair, first, count);
            case 7 -> fork(pair);
            case 8 -> exit(pair);
            case 9 -> amnesia.forget(pair.process.vmspace(), 2);
            case 10 -> swapPmap();
            case 11 -> pair.process.call("msync", at(first), count * PAGE, 0);
            case 12 -> swapIndex();
            case 13 -> lock(pair, first, count);
            case 14 -> pair.process.call("munlock", at(first), count * PAGE);
            default -> touch(pair, random.nextInt(PAGES));
        }
    }

    private static long at(int index) {
        return BASE + index * PAGE;
    }

    private void mapAnonymous(Pair pair, int first, int count) {
        int prot = random.nextInt(8);
        boolean shared = random.nextBoolean();
        int flags = MAP_ANON | MAP_FIXED | (shared ? MAP_SHARED : MAP_PRIVATE);
        assertEquals(at(first), pair.process.ok("mmap", at(first), count * PAGE, prot, flags, -1, 0));
        Page[] made = new Page[count];
        for (int i = 0; i < count; i++) {
            made[i] = new Page(new View(null), prot, VmProt.ALL);
            made[i].inherit = shared ? 0 : 1;
        }
        pair.model.map(first, count, made);
    }

    private void mapFile(Pair pair, int first, int wanted) {
        int count = Math.min(wanted, FILE_PAGES);
        int offset = random.nextInt(FILE_PAGES - count + 1);
        int fd = random.nextInt(2);
        int prot = random.nextInt(8);
        boolean shared = random.nextBoolean();
        int flags = MAP_FIXED | (shared ? MAP_SHARED : MAP_PRIVATE);
        int error = pair.process.call("mmap", at(first), count * PAGE, prot, flags, fd, offset * PAGE);
        if (shared && fd == 1 && (prot & VmProt.WRITE) != 0) {
            assertEquals(Errno.EACCES, error);
            return;
        }
        assertEquals(0, error);
        Page[] made = new Page[count];
        for (int i = 0; i < count; i++) {
            View view = file[offset + i];
            int max = shared && fd == 1 ? VmProt.READ | VmProt.EXEC : VmProt.ALL;
            made[i] = new Page(shared ? view : new View(view), prot, max);
            made[i].inherit = shared ? 0 : 1;
        }
        pair.model.map(first, count, made);
    }

    private void unmap(Pair pair, int first, int count) {
        boolean mapped = pair.model.mapped(first, count) || !profile.has(Quirk.UNMAP_WITHOUT_HOLES);
        assertEquals(mapped ? 0 : Errno.EINVAL, pair.process.call("munmap", at(first), count * PAGE));
        if (mapped) {
            pair.model.unmap(first, count);
        }
    }

    private void protect(Pair pair, int first, int count) {
        int prot = random.nextInt(8);
        boolean allowed = pair.model.mayProtect(first, count, prot);
        assertEquals(allowed ? 0 : Errno.EACCES, pair.process.call("mprotect", at(first), count * PAGE, prot));
        if (allowed) {
            pair.model.protect(first, count, prot);
        }
    }

    private void inherit(Pair pair, int first, int count) {
        int inherit = random.nextInt(3);
        pair.process.ok("minherit", at(first), count * PAGE, inherit);
        pair.model.inherit(first, count, inherit);
    }

    private void advise(Pair pair, int first, int count) {
        int[] harmless = {0, 1, 2, 3, 4, 6, 7, 8, 9};
        pair.process.ok("madvise", at(first), count * PAGE, harmless[random.nextInt(harmless.length)]);
    }

    /** Anonymous memory only: a locked private page of a file stops following the file, which the model does not know. */
    private void lock(Pair pair, int first, int count) {
        if (way == Way.SHORT_OF_MEMORY) {
            return;
        }
        for (int i = first; i < first + count; i++) {
            Page page = pair.model.pages[i];
            if (page != null && List.of(file).contains(page.view.root())) {
                return;
            }
        }
        pair.process.call("mlock", at(first), count * PAGE);
    }

    private void fork(Pair pair) {
        if (pairs.size() < MAX_PROCESSES) {
            TestProcess child = pair.process.fork();
            assertNotNull(child, "memory for a fork");
            pairs.add(new Pair(child, pair.model.fork()));
        }
    }

    private void exit(Pair pair) {
        if (pairs.size() > 1) {
            pairs.remove(pair);
            pair.process.exit();
        }
    }

    private void swapPmap() {
        PmapSwap swap = kernel.vm.swapTo(kernel.module(), CostTable.generic(), TestKernel.LIMITS);
        swap.harvest();
        assertNull(swap.build());
        assertNull(swap.verify());
        if (random.nextInt(4) == 0) {
            swap.rollback();
        } else {
            swap.commit();
            swap.activate();
            swap.releaseOld();
        }
    }

    private void touch(Pair pair, int index) {
        Page page = pair.model.pages[index];
        long address = at(index);
        if (random.nextBoolean()) {
            long value = random.nextLong() >>> 1;
            boolean allowed = page != null && (page.prot & VmProt.WRITE) != 0;
            assertEquals(allowed ? 0 : FaultSignal.SIGSEGV, pair.process.poke(address, value));
            if (allowed) {
                page.view.write(value);
            }
        } else {
            checkPage(pair, index);
        }
    }

    private void checkPage(Pair pair, int index) {
        Page page = pair.model.pages[index];
        boolean allowed = page != null && (page.prot & VmProt.READ) != 0;
        long expected = allowed ? page.view.read() : -FaultSignal.SIGSEGV;
        assertEquals(expected, pair.process.peek(at(index)), () -> "page " + index);
    }

    private void checkAll(Pair pair) {
        for (int i = 0; i < PAGES; i++) {
            checkPage(pair, i);
            VmMapEntry entry = pair.process.entry(at(i));
            Page page = pair.model.pages[i];
            assertEquals(page != null, entry != null, "page " + i + " mapped");
            if (page != null) {
                assertEquals(page.prot, entry.protection(), "protection of page " + i);
                assertEquals(page.inherit, entry.inheritance(), "inheritance of page " + i);
            }
        }
    }

    private void checkFile() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(root.resolve("data"))).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < FILE_PAGES; i++) {
            assertEquals(file[i].read(), bytes.getLong((int) (i * PAGE)), "page " + i + " of the host file");
        }
    }
}
