// SPDX-License-Identifier: BSD-2-Clause
package machine.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;

/** Host memory behind one physical memory, freed when closed or, at the latest, when unreachable. */
final class Backing {

    private static final Cleaner CLEANER = Cleaner.create();

    private final MemorySegment segment;
    private final Cleaner.Cleanable cleanable;

    private Backing(MemorySegment segment, Runnable free) {
        this.segment = segment;
        this.cleanable = CLEANER.register(this, free);
    }

    /**
     * Allocates zeroed memory. With native access it costs nothing until it is touched; without, the JVM
     * zeroes it all at once, which takes about 100 ms for 256 MiB.
     */
    static Backing allocate(long size) {
        Arena arena = Arena.ofShared();
        MemorySegment bytes = Backing.class.getModule().isNativeAccessEnabled()
                ? LazyMemory.allocate(size, PhysicalMemory.PAGE_SIZE, arena)
                : arena.allocate(size, PhysicalMemory.PAGE_SIZE);
        return new Backing(bytes, arena::close);
    }

    MemorySegment segment() {
        return segment;
    }

    void close() {
        cleanable.clean();
    }
}
