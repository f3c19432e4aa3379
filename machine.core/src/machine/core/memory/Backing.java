// SPDX-License-Identifier: BSD-2-Clause
package machine.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;

/** Host memory behind one physical memory, freed when closed or, at the latest, when unreachable. */
final class Backing {

    /** Not state: a cleaner is a thread that waits for references. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final MemorySegment segment;
    private final Cleaner.Cleanable cleanable;

    private Backing(MemorySegment segment, Runnable free) {
        this.segment = segment;
        this.cleanable = CLEANER.register(this, free);
    }

    /** Allocates zeroed memory. */
    static Backing allocate(long size) {
        Arena arena = Arena.ofShared();
        return new Backing(arena.allocate(size, PhysicalMemory.PAGE_SIZE), arena::close);
    }

    MemorySegment segment() {
        return segment;
    }

    void close() {
        cleanable.clean();
    }
}
