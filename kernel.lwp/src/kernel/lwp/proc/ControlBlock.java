// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import machine.core.memory.PhysicalMemory;

/**
 * The block in user memory in which the kernel shows an LWP its CPU and counts its switches: struct lwpctl.
 *
 * <p>Given out by {@link ControlArea}, which keeps its page wired, so that a switch can write to it.
 */
final class ControlBlock {
    /** struct lwpctl: lc_curcpu and lc_pctr, 32 bits each. */
    static final int BYTES = 8;
    /** LWPCTL_CPU_NONE: the LWP is on no CPU. */
    static final int CPU_NONE = -1;
    /** LWPCTL_CPU_EXITED: it never will be again. */
    static final int CPU_EXITED = -2;

    private static final int COUNTER = 4;

    private final PhysicalMemory memory;
    private final long physicalAddress;
    private final long userAddress;
    /** lc_pctr when it was checked last. */
    int countSeen;

    /** A block whose count goes on from what is in memory. */
    ControlBlock(PhysicalMemory memory, long physicalAddress, long userAddress) {
        this.memory = memory;
        this.physicalAddress = physicalAddress;
        this.userAddress = userAddress;
        countSeen = count();
    }

    long userAddress() {
        return userAddress;
    }

    /** lc_curcpu. */
    int shown() {
        return memory.get32(physicalAddress);
    }

    /** Writes lc_curcpu. */
    void show(int cpu) {
        memory.put32(physicalAddress, cpu);
    }

    /** lc_pctr. */
    int count() {
        return memory.get32(physicalAddress + COUNTER);
    }

    /** Writes lc_pctr. */
    void count(int switches) {
        memory.put32(physicalAddress + COUNTER, switches);
    }

    /** Lets lc_pctr start at 0. */
    void start() {
        count(0);
        countSeen = 0;
    }
}
