// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import userland.program.User;

/** A program touches fresh pages of an anonymous mapping: fault, zeroed page, entry in the page tables. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SoftFault {
    static final int PAGES = 4096;
    static final int PAGE_BYTES = 4096;

    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;

    @Param({"amd64", "aarch64"})
    public String machine;

    private BenchKernel kernel;

    @Setup
    public void boot() {
        kernel = new BenchKernel(BenchKernel.config().withMachine(machine));
        kernel.spawn((user, argument) -> {
            while (true) {
                long area = user.mmap(0, (long) PAGES * PAGE_BYTES, READ_WRITE, PRIVATE_ANON, -1, 0);
                kernel.endBatch();
                touch(user, area);
                kernel.endBatch();
                user.munmap(area, (long) PAGES * PAGE_BYTES);
            }
        });
    }

    private static void touch(User user, long area) {
        for (int i = 0; i < PAGES; i++) {
            user.store8(area + (long) i * PAGE_BYTES, 1);
        }
    }

    @Setup(Level.Invocation)
    public void map() {
        kernel.run();
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** One page touched. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void touch() {
        kernel.run();
    }
}
