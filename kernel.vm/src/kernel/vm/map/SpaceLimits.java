// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import org.osgi.annotation.versioning.ConsumerType;

/** The limits of the process that an address space belongs to, as the placing of mappings and growing stacks need them. */
@ConsumerType
public interface SpaceLimits {
    /** No limits. */
    SpaceLimits NONE = new SpaceLimits() {
        @Override
        public long stackLimitBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public long spaceLimitBytes() {
            return Long.MAX_VALUE;
        }
    };

    /** {@code RLIMIT_STACK}, soft. */
    long stackLimitBytes();

    /** {@code RLIMIT_VMEM}, soft. */
    long spaceLimitBytes();

    /** {@code RLIMIT_DATA}, hard: how far the heap may ever grow. */
    default long heapLimitBytes() {
        return 0;
    }

    /** {@code RLIMIT_RSS}, soft: how much may stay in memory while that is short. */
    default long residentLimitBytes() {
        return Long.MAX_VALUE;
    }

    /** {@code RLIMIT_MEMLOCK}, soft. */
    default long lockLimitBytes() {
        return Long.MAX_VALUE;
    }
}
