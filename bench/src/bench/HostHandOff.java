// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The reference for parking: two threads of the host wake each other by turns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HostHandOff {
    private volatile boolean theirTurn;
    private volatile boolean over;
    private Thread here;
    private Thread there;

    @Setup
    public void start() {
        here = Thread.currentThread();
        there = Thread.ofPlatform().daemon().start(this::answer);
    }

    private void answer() {
        while (!over) {
            while (!theirTurn && !over) {
                LockSupport.park();
            }
            theirTurn = false;
            LockSupport.unpark(here);
        }
    }

    @TearDown
    public void stop() throws InterruptedException {
        over = true;
        LockSupport.unpark(there);
        there.join();
    }

    /** There and back. */
    @Benchmark
    public void roundTrip() {
        theirTurn = true;
        LockSupport.unpark(there);
        while (theirTurn) {
            LockSupport.park();
        }
    }
}
