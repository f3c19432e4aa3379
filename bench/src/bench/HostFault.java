// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The reference for {@link SoftFault}: fresh pages of an anonymous mapping of the host. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HostFault {
    private static final long BYTES = (long) SoftFault.PAGES * SoftFault.PAGE_BYTES;

    private long address;
    private MemorySegment area;

    @Setup(Level.Invocation)
    public void map() {
        address = HostMemory.map(BYTES);
        area = HostMemory.segment(address, BYTES);
    }

    @TearDown(Level.Invocation)
    public void unmap() {
        HostMemory.unmap(address, BYTES);
    }

    /** One page touched. */
    @Benchmark
    @OperationsPerInvocation(SoftFault.PAGES)
    public void touch() {
        for (long at = 0; at < BYTES; at += SoftFault.PAGE_BYTES) {
            area.set(ValueLayout.JAVA_BYTE, at, (byte) 1);
        }
    }
}
