// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import userland.program.User;

/** Memory that a process takes from its kernel in large pieces and gives out in small ones, for good. */
final class Arena {
    private static final long CHUNK_BYTES = 256 << 10;
    private static final long ALIGNMENT = 16;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANON = 0x1002;

    private long next;
    private long end;

    Arena() {
    }

    /** The arena of a forked child: its memory is a copy of the parent's. */
    Arena(Arena parent) {
        next = parent.next;
        end = parent.end;
    }

    /** Zeroed memory, or 0. */
    long allocate(User user, long bytes) {
        long size = Math.max(ALIGNMENT, (bytes + ALIGNMENT - 1) & -ALIGNMENT);
        if (bytes < 0 || size > end - next && !refill(user, size)) {
            return 0;
        }
        long address = next;
        next += size;
        return address;
    }

    private boolean refill(User user, long size) {
        long chunk = Math.max(CHUNK_BYTES, size);
        long address = user.mmap(0, chunk, PROT_READ_WRITE, MAP_PRIVATE_ANON, -1, 0);
        if (address == -1) {
            return false;
        }
        // Another LWP may have refilled meanwhile; what was left of its chunk is given up.
        next = address;
        end = address + chunk;
        return true;
    }
}
