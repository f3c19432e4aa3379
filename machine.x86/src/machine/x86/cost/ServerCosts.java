// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.cost;

import machine.core.cost.Cost;
import machine.core.cost.CostTable;

/**
 * Documented defaults for a server processor of about 3 GHz, in nanoseconds.
 *
 * <p>The basis of each number is in {@code docs/machine-amd64.md}.
 */
public final class ServerCosts {
    private ServerCosts() {}

    /** The table of a 64-bit machine, whose TLB is tagged. */
    public static CostTable defaults() {
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
                .with(Cost.INTERRUPT, 300)
                .with(Cost.IO_REQUEST, 100_000)
                .with(Cost.IO_PAGE, 2_000);
    }

    /** The table of a 32-bit machine: a TLB without tags is empty after each change of address space. */
    public static CostTable untagged() {
        return defaults()
                .with(Cost.SWITCH_OTHER_SPACE, 1400)
                .with(Cost.LOAD_ROOT, 700);
    }
}
