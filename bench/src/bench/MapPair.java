// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import userland.program.User;

/** One page mapped and unmapped without being touched, and the same on the host. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MapPair {
    private static final int BATCH = 1000;
    private static final int PAGE_BYTES = 4096;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;

    private BenchKernel kernel;

    @Setup
    public void boot() {
        kernel = new BenchKernel(BenchKernel.config());
        kernel.spawn((user, argument) -> {
            while (true) {
                batch(user);
                kernel.endBatch();
            }
        });
    }

    private static void batch(User user) {
        for (int i = 0; i < BATCH; i++) {
            user.munmap(user.mmap(0, PAGE_BYTES, READ_WRITE, PRIVATE_ANON, -1, 0), PAGE_BYTES);
        }
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** One pair of calls of a program. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void ours() {
        kernel.run();
    }

    /** The reference: one pair of calls of this JVM. */
    @Benchmark
    public void host() {
        HostMemory.unmap(HostMemory.map(PAGE_BYTES), PAGE_BYTES);
    }
}
