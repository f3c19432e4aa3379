// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.amd64;

import machine.core.cost.Cost;
import machine.core.cost.CostTable;

/**
 * Documented defaults for a server processor of about 3 GHz, in nanoseconds.
 *
 * <p>The basis of each number is in {@code docs/machine-amd64.md}.
 */
final class Amd64Costs {
    private Amd64Costs() {}

    static CostTable defaults() {
        return CostTable.free()
                .with(Cost.SYSCALL, 80)
                .with(Cost.MINOR_FAULT, 500)
                .with(Cost.PAGE_ZERO, 300)
                .with(Cost.PAGE_COPY, 500)
                .with(Cost.SWITCH_SAME_SPACE, 700)
                .with(Cost.SWITCH_OTHER_SPACE, 900)
                .with(Cost.IPI, 800)
                .with(Cost.SHOOTDOWN_BASE, 1000)
                .with(Cost.SHOOTDOWN_PER_CPU, 200)
                .with(Cost.TLBI_LOCAL, 60)
                .with(Cost.TLB_FLUSH_ALL, 60)
                .with(Cost.LOAD_ROOT, 200)
                .with(Cost.ATOMIC, 6)
                .with(Cost.CACHE_TRANSFER, 50)
                .with(Cost.LOAD, 2)
                .with(Cost.WALK_FIXED, 3)
                .with(Cost.WALK_LEVEL, 3)
                .with(Cost.PTE_WRITE, 8)
                .with(Cost.LOCK, 6)
                .with(Cost.INTERRUPT, 300);
    }
}
