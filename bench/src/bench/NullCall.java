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

/** The cheapest system call, by its whole path: library, trap, handler, return to user mode. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NullCall {
    private static final int BATCH = 10_000;

    private BenchKernel kernel;
    private int lid;

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

    private void batch(User user) {
        int last = 0;
        for (int i = 0; i < BATCH; i++) {
            last = user.lwpSelf();
        }
        lid = last;
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** One call of _lwp_self. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int lwpSelf() {
        kernel.run();
        return lid;
    }
}
