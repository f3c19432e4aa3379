// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.SchedClass;
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

/** Two LWPs of a process hand one CPU to each other through dispatcher and scheduler. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContextSwitch {
    private static final int BATCH = 10_000;

    @Param({"4bsd", "m2"})
    public String sched;

    private BenchKernel kernel;

    @Setup
    public void boot() {
        kernel = new BenchKernel(BenchKernel.config().withSched(sched));
        Dispatcher dispatcher = kernel.kernel().dispatcher();
        kernel.spawn((user, argument) -> {
            fixPriority(user);
            user.pthread().threads().create(user, (other, nothing) -> {
                fixPriority(other);
                while (true) {
                    dispatcher.yield();
                }
            }, 0);
            while (true) {
                batch(dispatcher);
                kernel.endBatch();
            }
        });
    }

    /** Two time-sharing LWPs would drift apart in priority, and the better one keeps the CPU when it yields. */
    private static void fixPriority(User user) {
        BenchKernel.lwp(user).setSchedClass(SchedClass.FIFO);
    }

    /** Each yield is one switch away and one back. */
    private static void batch(Dispatcher dispatcher) {
        for (int i = 0; i < BATCH / 2; i++) {
            dispatcher.yield();
        }
    }

    @TearDown
    public void close() {
        kernel.close();
    }

    /** One switch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void yield() {
        kernel.run();
    }
}
