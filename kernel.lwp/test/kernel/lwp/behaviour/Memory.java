// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.fixture.User;

/** Memory of the process that arguments are put into: named cells, other data, and an end behind which is nothing. */
final class Memory {
    private static final int PAGE = 4096;
    private static final int PAGES = 16;
    private static final int ALIGNMENT = 128;

    private final Map<String, Long> cells = new TreeMap<>();
    private long next;
    private long end;

    /** Maps it; called by an LWP of the process. */
    void map(User user) {
        next = user.map((long) PAGES * PAGE);
        end = next + (PAGES - 1) * (long) PAGE;
        user.value("munmap", end, PAGE);
    }

    /** The first address behind the memory: not mapped. */
    long end() {
        return end;
    }

    /** Room for some bytes, zeroed. */
    long room(int bytes) {
        long at = next;
        next += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return at;
    }

    /** The address of a named cell. */
    long cell(String name) {
        return cells.computeIfAbsent(name, n -> room(ALIGNMENT));
    }
}
