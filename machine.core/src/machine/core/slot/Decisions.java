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

    private final Engine engine;
    private final Format format;
    private final long[] nanos = new long[KEPT];
    private final int[] cpus = new int[KEPT];
    private final String[] callbacks = new String[KEPT];
    private final long[] first = new long[KEPT];
    private final long[] second = new long[KEPT];
    private int next;
    private int count;

    Decisions(Engine engine, Format format) {
        this.engine = engine;
        this.format = format;
    }

    /** Notes a decision; {@code callback} is a constant text. */
    public void record(String callback, long a, long b) {
        int at = next;
        Cpu cpu = engine.current();
        nanos[at] = cpu == null ? engine.nowNanos() : cpu.clockNanos();
        cpus[at] = cpu == null ? -1 : cpu.id();
        // Kernels repeat themselves: the text is often there already, and a reference that is not stored costs no barrier.
        if (callbacks[at] != callback) {
            callbacks[at] = callback;
        }
        first[at] = a;
        second[at] = b;
        next = at + 1 == KEPT ? 0 : at + 1;
        count = count == KEPT ? KEPT : count + 1;
    }

    void clear() {
        next = 0;
        count = 0;
    }

    /** Oldest first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            int at = (next - i + KEPT) % KEPT;
            String where = cpus[at] < 0 ? "" : " cpu" + cpus[at];
            lines.add(nanos[at] + " ns" + where + " " + callbacks[at] + " "
                    + format.text(callbacks[at], first[at], second[at]));
        }
        return lines;
    }
}
