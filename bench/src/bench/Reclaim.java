// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
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

/** Pages taken from a program that has twice as many as there are frames, written out and read back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Reclaim {
    private static final int FRAMES = 2048;
    private static final int PAGES = 2 * FRAMES;
    private static final long PAGE_BYTES = 4096;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;

    @Param({"twoqueue", "clock"})
    public String pageout;

    private BenchKernel kernel;

    @Setup
    public void fill() {
        kernel = new BenchKernel(BenchKernel.config().withMemoryBytes(FRAMES * PAGE_BYTES)
                .withVariant("pageout", pageout));
        kernel.spawn((user, argument) -> {
            long area = user.mmap(0, PAGES * PAGE_BYTES, READ_WRITE, PRIVATE_ANON, -1, 0);
            while (true) {
                for (int i = 0; i < PAGES; i++) {
                    user.store32(area + i * PAGE_BYTES, i);
                }
                kernel.endBatch();
            }
        });
        kernel.run();
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** One page written by the program: it comes from swap, and another one goes there. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void writtenAndReadBack() {
        kernel.run();
    }
}
