// SPDX-License-Identifier: BSD-2-Clause
package machine.core.cost;

import org.osgi.annotation.versioning.ProviderType;

/** Kinds of work that take virtual time; a {@link CostTable} says how much. */
@ProviderType
public enum Cost {
    /** System call entry and exit with nothing in between. */
    SYSCALL,
    /** A fault taken only to keep referenced or modified bits: trap, fix-up, return. */
    SOFT_FAULT,
    /** A fault that finds its page in memory: trap and lookup, without zeroing or copying. */
    MINOR_FAULT,
    /** Zeroing one page. */
    PAGE_ZERO,
    /** Copying one page. */
    PAGE_COPY,
    /** Switching between two LWPs of one address space. */
    SWITCH_SAME_SPACE,
    /** Switching between LWPs of different address spaces, all together. */
    SWITCH_OTHER_SPACE,
    /** Inter-processor interrupt, one way. */
    IPI,
    /** TLB shootdown by IPI: the sender's fixed part. */
    SHOOTDOWN_BASE,
    /** TLB shootdown by IPI: the sender's part for each receiver. */
    SHOOTDOWN_PER_CPU,
    /** Broadcast invalidation with barrier: the fixed part. */
    TLBI_BROADCAST,
    /** Broadcast invalidation: for each further CPU. */
    TLBI_PER_CPU,
    /** Invalidating one page on the own CPU. */
    TLBI_LOCAL,
    /** Dropping a whole TLB; refilling it is charged as misses. */
    TLB_FLUSH_ALL,
    /** Loading a new table root without flushing. */
    LOAD_ROOT,
    /** Uncontended atomic read-modify-write. */
    ATOMIC,
    /** A cache line moving between CPUs. */
    CACHE_TRANSFER,
    /** A load or store that hits the TLB and the first-level cache. */
    LOAD,
    /** Table walk: the fixed part. */
    WALK_FIXED,
    /** Table walk: each descriptor read. */
    WALK_LEVEL,
    /** Writing one descriptor, with the bookkeeping of the pmap. */
    PTE_WRITE,
    /** Making one page of instructions visible to the instruction side. */
    ICACHE_SYNC,
    /** Taking and releasing an uncontended kernel lock. */
    LOCK,
    /** Taking an interrupt and returning from it. */
    INTERRUPT,
    /** A transfer between memory and disk: the fixed part. */
    IO_REQUEST,
    /** A transfer between memory and disk: each page. */
    IO_PAGE
}
