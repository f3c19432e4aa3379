// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

/** Resource limits, with FreeBSD's numbers ({@code sys/resource.h}). */
public enum Resource {
    CPU(0),
    FSIZE(1),
    DATA(2),
    STACK(3),
    CORE(4),
    RSS(5),
    MEMLOCK(6),
    NPROC(7),
    NOFILE(8),
    SBSIZE(9),
    /** The size of the address space ({@code RLIMIT_AS}). */
    VMEM(10),
    /** LWPs of a user beyond the first of each process ({@code RLIMIT_NTHR}, NetBSD's number). */
    NTHR(11);

    /** The value that means no limit: 2^63 - 1. */
    public static final long INFINITY = Long.MAX_VALUE;

    private final int number;

    Resource(int number) {
        this.number = number;
    }

    /** FreeBSD's number of this limit. */
    public int number() {
        return number;
    }

    /** The limit with that number, or null. */
    public static Resource of(int number) {
        for (Resource resource : values()) {
            if (resource.number == number) {
                return resource;
            }
        }
        return null;
    }
}
