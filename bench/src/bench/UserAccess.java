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
import userland.program.User;

/** A load or store of a program, its translation in the TLB, with all that user code does around it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UserAccess {
    private static final int BATCH = 10_000;
    private static final int PAGES = 16;
    private static final int PAGE_BYTES = 4096;

    /** What the program does. */
    @Param({"load", "store"})
    public String access;

    private BenchKernel kernel;
    private long sum;

    @Setup
    public void boot() {
        kernel = new BenchKernel(BenchKernel.config());
        kernel.spawn((user, argument) -> {
            long area = user.allocate(PAGES * PAGE_BYTES);
            while (true) {
                if (access.equals("load")) {
                    load(user, area);
                } else {
                    store(user, area);
                }
                kernel.endBatch();
            }
        });
    }

    private void load(User user, long area) {
        long total = 0;
        for (int i = 0; i < BATCH; i++) {
            total += user.load64(area + offset(i));
        }
        sum += total;
    }

    private static void store(User user, long area) {
        for (int i = 0; i < BATCH; i++) {
            user.store64(area + offset(i), i);
        }
    }

    /** Another page each time. */
    private static long offset(int i) {
        return i * (PAGE_BYTES + 8L) & PAGES * PAGE_BYTES - 8;
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** One access. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long access() {
        kernel.run();
        return sum;
    }
}
