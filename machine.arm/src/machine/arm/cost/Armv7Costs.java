// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.cost;

import machine.core.cost.Cost;
import machine.core.cost.CostTable;

/**
 * Documented defaults for a small processor of about 1.4 GHz, in nanoseconds.
 *
 * <p>The basis of each number is in {@code docs/machine-armv7.md}.
 */
public final class Armv7Costs {
    private Armv7Costs() {}

    /** The table. */
    public static CostTable defaults() {
        return CostTable.free()
                .with(Cost.SYSCALL, 230)
                .with(Cost.SOFT_FAULT, 900)
                .with(Cost.MINOR_FAULT, 2000)
                .with(Cost.PAGE_ZERO, 1500)
                .with(Cost.PAGE_COPY, 3000)
                .with(Cost.SWITCH_SAME_SPACE, 2500)
                .with(Cost.SWITCH_OTHER_SPACE, 3000)
                .with(Cost.IPI, 1500)
                .with(Cost.TLBI_BROADCAST, 200)
                .with(Cost.TLBI_PER_CPU, 20)
                .with(Cost.TLB_FLUSH_ALL, 200)
                .with(Cost.LOAD_ROOT, 500)
                .with(Cost.ATOMIC, 10)
                .with(Cost.CACHE_TRANSFER, 70)
                .with(Cost.LOAD, 2)
                .with(Cost.WALK_FIXED, 5)
                .with(Cost.WALK_LEVEL, 7)
                .with(Cost.PTE_WRITE, 20)
                .with(Cost.ICACHE_SYNC, 1500)
                .with(Cost.LOCK, 10)
                .with(Cost.INTERRUPT, 600)
                .with(Cost.IO_REQUEST, 300_000)
                .with(Cost.IO_PAGE, 40_000);
    }
}
