// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import machine.core.cost.CostTable;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Mmu;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A user load whose translation is cached: TLB and physical memory, without the floors above. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TlbHit {

    private static final int PAGES = 32;

    private final PhysicalMemory memory = new PhysicalMemory(PAGES * PhysicalMemory.PAGE_SIZE);
    private final Mmu mmu = new Mmu(memory, nanos -> { });
    private long va;

    @Setup
    public void install() {
        Walker identity = (bytes, root, address, access, out) -> {
            out.frame = address & -PhysicalMemory.PAGE_SIZE;
            out.rights = Access.READ | Access.WRITE;
            out.pageShift = PhysicalMemory.PAGE_SHIFT;
            out.dirtyKnown = true;
            return FaultKind.NONE;
        };
        mmu.install(identity, new TlbGeometry(1536, 12, 16, true), CostTable.free());
    }

    @TearDown
    public void close() {
        memory.close();
    }

    /** A walk over pages that all fit. */
    @Benchmark
    public long load() {
        va = va + PhysicalMemory.PAGE_SIZE + 8 & PAGES * PhysicalMemory.PAGE_SIZE - 8;
        return memory.get64(mmu.translate(va, Access.READ));
    }
}
