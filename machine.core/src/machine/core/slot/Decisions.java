// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.ArrayList;
import java.util.List;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/** The last fifty decisions of the variant in one slot; recording allocates nothing. */
@ProviderType
public final class Decisions {
    private static final int KEPT = 50;

    /** Writes the two numbers of a decision for people. */
    @FunctionalInterface
    public interface Format {
        /** For example a pid and a lid, or an address and a length. */
        String text(String callback, long a, long b);
    }

    /** A power of two, and not fewer than are kept. */
    private static final int PLACES = 64;
    private static final int NUMBERS = 4;

    private final Engine engine;
    private final Format format;
    /** Time, CPU and the two numbers of each, side by side: one line of the cache for a decision. */
    private final long[] numbers = new long[PLACES * NUMBERS];
    private final String[] callbacks = new String[PLACES];
    private int count;

    Decisions(Engine engine, Format format) {
        this.engine = engine;
        this.format = format;
    }

    /** Notes a decision; {@code callback} is a constant text. */
    public void record(String callback, long a, long b) {
        int at = count++ & PLACES - 1;
        int first = at * NUMBERS;
        Cpu cpu = engine.current();
        numbers[first] = cpu == null ? engine.nowNanos() : cpu.clockNanos();
        numbers[first + 1] = cpu == null ? -1 : cpu.id();
        numbers[first + 2] = a;
        numbers[first + 3] = b;
        // Kernels repeat themselves: the text is often there already, and a reference that is not stored costs no barrier.
        if (callbacks[at] != callback) {
            callbacks[at] = callback;
        }
        if (count == 2 * PLACES) {
            count = PLACES;
        }
    }

    void clear() {
        count = 0;
    }

    /** Oldest first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = Math.max(0, count - KEPT); i < count; i++) {
            int at = i & PLACES - 1;
            int first = at * NUMBERS;
            String where = numbers[first + 1] < 0 ? "" : " cpu" + numbers[first + 1];
            lines.add(numbers[first] + " ns" + where + " " + callbacks[at] + " "
                    + format.text(callbacks[at], numbers[first + 2], numbers[first + 3]));
        }
        return lines;
    }
}
