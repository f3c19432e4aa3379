// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Looks up random addresses in maps of different sizes, and merges and splits entries there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MapLookup {
    private static final int PAGE_SHIFT = 12;
    private static final long PAGE_BYTES = 1 << PAGE_SHIFT;
    private static final int PRIVATE_ANON = 0x1002;
    private static final int CHANGES = 256;
    private static final long RANDOM_STEP = 0x9e3779b97f4a7c15L;

    @Param({"1024", "65536", "1048576"})
    public int entries;
    @Param({"chunks", "rbtree", "splay"})
    public String index;

    private BenchKernel kernel;
    private VmMap map;
    private VmMapEntry[] inOrder;
    private long base;
    private long random;

    @Setup
    public void fill() {
        kernel = new BenchKernel(BenchKernel.config().withVariant("mapindex", index));
        kernel.spawn((user, argument) -> {
            base = user.mmap(0, entries * PAGE_BYTES, 1, PRIVATE_ANON, -1, 0);
            // Neighbours that differ cannot be merged.
            for (int i = 1; i < entries; i += 2) {
                user.mprotect(base + i * PAGE_BYTES, PAGE_BYTES, 3);
            }
            map = BenchKernel.lwp(user).proc().vmspace().map();
            while (true) {
                kernel.endBatch();
                for (int i = 0; i < CHANGES; i++) {
                    // Equal to its neighbours for a moment: three entries become one, and three again.
                    long page = base + ((nextPage() | 1) % (entries - 1) << PAGE_SHIFT);
                    user.mprotect(page, PAGE_BYTES, 1);
                    user.mprotect(page, PAGE_BYTES, 3);
                }
            }
        });
        kernel.run();
        if (map.entries() < entries) {
            throw new IllegalStateException("the map has only " + map.entries() + " entries");
        }
        inOrder = new VmMapEntry[entries];
        for (int i = 0; i < entries; i++) {
            inOrder[i] = map.lookup(base + i * PAGE_BYTES);
        }
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** One lookup. */
    @Benchmark
    public VmMapEntry lookup() {
        return map.lookup(base + (nextPage() << PAGE_SHIFT));
    }

    /** What a lookup has to do at least, whatever the index: find out where the entry ends. */
    @Benchmark
    public long entry() {
        return inOrder[(int) nextPage()].end();
    }

    private long nextPage() {
        random += RANDOM_STEP;
        return (random >>> Integer.SIZE) * entries >>> Integer.SIZE;
    }

    /** Two calls that together remove two entries and insert two. */
    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public void change() {
        kernel.run();
    }
}
