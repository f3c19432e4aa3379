// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import kernel.lwp.kernel.KernelConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import userland.program.User;

/** A small kernel from boot to close, with a scenario in between; another seed each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelLife {
    private final KernelConfig config = BenchKernel.config().withCpus(2).withMemoryBytes(1 << 20);
    private long seed;

    /** Two LWPs that park and unpark each other once, explored from boot; returns the hash. */
    @Benchmark
    public long parkAndUnpark() {
        seed++;
        try (BenchKernel kernel = new BenchKernel(config.withSeed(seed))) {
            kernel.spawn((user, argument) -> {
                int first = user.lid();
                long thread = user.pthread().threads().create(user, (other, nothing) -> {
                    other.park(User.FOREVER, 0);
                    other.lwpUnpark(first, 0);
                }, 0);
                user.lwpUnpark(user.pthread().threads().lid(user, thread), 0);
                user.park(User.FOREVER, 0);
                kernel.endBatch();
            });
            kernel.run();
            return kernel.kernel().engine().events().hash();
        }
    }
}
