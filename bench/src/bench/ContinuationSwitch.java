// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The reference for every kind of context switch: a bare continuation resumed, which yields at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContinuationSwitch {
    private final ContinuationScope scope = new ContinuationScope("bench");
    private final Continuation continuation = new Continuation(scope, this::yieldForEver);

    private void yieldForEver() {
        while (true) {
            Continuation.yield(scope);
        }
    }

    /** In and out again: two switches. */
    @Benchmark
    public void resumeAndYield() {
        continuation.run();
    }
}
