// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.cost;

import machine.core.cost.Cost;
import machine.core.cost.CostTable;

/**
 * Documented defaults for a server processor of about 2.7 GHz, in nanoseconds.
 *
 * <p>The basis of each number is in {@code docs/machine-aarch64.md}.
 */
public final class Aarch64Costs {
    private Aarch64Costs() {}

    /** The table. */
    public static CostTable defaults() {
        return CostTable.free()
                .with(Cost.SYSCALL, 70)
                .with(Cost.SOFT_FAULT, 250)
                .with(Cost.MINOR_FAULT, 500)
                .with(Cost.PAGE_ZERO, 250)
                .with(Cost.PAGE_COPY, 450)
                .with(Cost.SWITCH_SAME_SPACE, 700)
                .with(Cost.SWITCH_OTHER_SPACE, 850)
                .with(Cost.IPI, 700)
                .with(Cost.TLBI_BROADCAST, 150)
                .with(Cost.TLBI_PER_CPU, 10)
                .with(Cost.TLB_FLUSH_ALL, 150)
                .with(Cost.LOAD_ROOT, 150)
                .with(Cost.ATOMIC, 4)
                .with(Cost.CACHE_TRANSFER, 45)
                .with(Cost.LOAD, 2)
                .with(Cost.WALK_FIXED, 3)
                .with(Cost.WALK_LEVEL, 3)
                .with(Cost.PTE_WRITE, 8)
                .with(Cost.ICACHE_SYNC, 200)
                .with(Cost.LOCK, 4)
                .with(Cost.INTERRUPT, 300)
                .with(Cost.IO_REQUEST, 100_000)
                .with(Cost.IO_PAGE, 2_000);
    }
}
