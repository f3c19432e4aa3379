// SPDX-License-Identifier: BSD-2-Clause
package machine.core.cost;

import java.util.Locale;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Virtual nanoseconds for each kind of work on one machine. Immutable; supplied by the machine module. */
@ProviderType
public final class CostTable {

    private final long[] nanos;

    private CostTable(long[] nanos) {
        this.nanos = nanos;
    }

    /** A table in which everything is free. */
    public static CostTable free() {
        return new CostTable(new long[Cost.values().length]);
    }

    /** A neutral table, for tests and for kernels without a machine: a server of about 3 GHz. */
    public static CostTable generic() {
        return free().with(Cost.SYSCALL, 80).with(Cost.SOFT_FAULT, 250).with(Cost.MINOR_FAULT, 500)
                .with(Cost.PAGE_ZERO, 300).with(Cost.PAGE_COPY, 500)
                .with(Cost.SWITCH_SAME_SPACE, 700).with(Cost.SWITCH_OTHER_SPACE, 900)
                .with(Cost.IPI, 800).with(Cost.SHOOTDOWN_BASE, 1000).with(Cost.SHOOTDOWN_PER_CPU, 200)
                .with(Cost.TLBI_BROADCAST, 150).with(Cost.TLBI_PER_CPU, 10).with(Cost.TLBI_LOCAL, 60)
                .with(Cost.TLB_FLUSH_ALL, 60).with(Cost.LOAD_ROOT, 60).with(Cost.ATOMIC, 6)
                .with(Cost.CACHE_TRANSFER, 50).with(Cost.LOAD, 2).with(Cost.WALK_FIXED, 3)
                .with(Cost.WALK_LEVEL, 3).with(Cost.PTE_WRITE, 8).with(Cost.ICACHE_SYNC, 200)
                .with(Cost.LOCK, 6).with(Cost.INTERRUPT, 300)
                .with(Cost.IO_REQUEST, 100_000)
                .with(Cost.IO_PAGE, 2_000);
    }

    /**
     * The same table with the costs that a configuration gives.
     *
     * @param properties may hold, for each {@link Cost}, its nanoseconds under {@code cost.} and its name in lower
     *     case with dots, such as {@code cost.page.zero}; others are left alone
     * @throws IllegalArgumentException if one is not a number or is negative
     */
    public CostTable configured(Map<String, ?> properties) {
        CostTable table = this;
        for (Cost cost : Cost.values()) {
            String name = "cost." + cost.name().toLowerCase(Locale.ROOT).replace('_', '.');
            Object value = properties.get(name);
            if (value != null) {
                table = table.with(cost, number(name, value));
            }
        }
        return table;
    }

    private static long number(String name, Object value) {
        try {
            return Long.parseLong(value.toString().strip());
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(name + " is a number of nanoseconds, not '" + value + "'", notOne);
        }
    }

    /** Cost of one piece of work, in virtual nanoseconds. */
    public long nanos(Cost cost) {
        return nanos[cost.ordinal()];
    }

    /**
     * The same table with one cost changed.
     *
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public CostTable with(Cost cost, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("cost of " + cost + " must not be negative, but is " + value);
        }
        long[] copy = nanos.clone();
        copy[cost.ordinal()] = value;
        return new CostTable(copy);
    }
}
