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

/** Two LWPs wake each other by turns: two unparks, two parks, two switches for one round trip. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParkRoundTrip {
    private static final int BATCH = 2_000;

    @Param({"1.84", "1.47"})
    public String revision;

    /** With two, the LWPs are on a CPU each. */
    @Param({"1", "2"})
    public int cpus;

    private BenchKernel kernel;
    private TraceSink trace;
    private int first;

    @Setup
    public void boot() {
        kernel = new BenchKernel(BenchKernel.config().withLwp(revision).withCpus(cpus));
        trace = new TraceSink();
        kernel.spawn((user, argument) -> {
            first = user.lid();
            long thread = user.pthread().threads().create(user, (other, nothing) -> answer(other), 0);
            int second = user.pthread().threads().lid(user, thread);
            while (true) {
                batch(user, second);
                kernel.endBatch();
            }
        });
    }

    private void answer(User user) {
        while (true) {
            user.park(User.FOREVER, 0);
            user.lwpUnpark(first, 0);
        }
    }

    private static void batch(User user, int second) {
        for (int i = 0; i < BATCH; i++) {
            user.lwpUnpark(second, 0);
            user.park(User.FOREVER, 0);
        }
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** There and back. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void roundTrip() {
        kernel.run();
    }

    /** The same while every event is kept. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int traced() {
        trace.clear();
        kernel.kernel().engine().events().sink(trace);
        kernel.run();
        kernel.kernel().engine().events().removeSink(trace);
        return trace.size();
    }
}
