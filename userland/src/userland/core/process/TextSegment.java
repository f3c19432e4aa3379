// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import userland.program.UserFunction;

/**
 * The code of a process: functions and their addresses.
 *
 * <p>The segment is mapped executable and holds no bytes that matter; an LWP that begins at an address of
 * it executes the function bound there. Engine thread only.
 */
final class TextSegment {
    /** Where programs begin: above the first pages on every machine, within reach of 32-bit ones. */
    static final long BASE = 0x40_0000;
    /** Room for a million functions; only the pages that are executed take memory. */
    static final long BYTES = 16 << 20;
    private static final int SPACING = 16;

    private final List<UserFunction> functions = new ArrayList<>();
    private final Map<UserFunction, Integer> indexes = new IdentityHashMap<>();

    /**
     * The address of a function, which is bound to the next free one when it has none.
     *
     * @throws IllegalStateException when the segment is full
     */
    long address(UserFunction function) {
        Integer index = indexes.get(function);
        if (index == null) {
            index = functions.size();
            if ((long) index * SPACING >= BYTES) {
                throw new IllegalStateException("text segment full: a program may bind " + index
                        + " functions; create threads from one function and tell them apart by their argument");
            }
            functions.add(function);
            indexes.put(function, index);
        }
        return BASE + (long) index * SPACING;
    }

    /** The function bound at an address, or null. */
    UserFunction at(long address) {
        long index = (address - BASE) / SPACING;
        boolean bound = address >= BASE && address % SPACING == 0 && index < functions.size();
        return bound ? functions.get((int) index) : null;
    }
}
