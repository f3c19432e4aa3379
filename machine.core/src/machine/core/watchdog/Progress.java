// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import org.osgi.annotation.versioning.ProviderType;

/**
 * How far a kernel has come; asked by the watchdog on a thread of its own, without any order: it looks again and again.
 */
@ProviderType
public interface Progress {
    /** A kernel of which nothing is known. */
    Progress NONE = new Progress() {
        @Override
        public long steps() {
            return -1;
        }

        @Override
        public Thread thread() {
            return null;
        }
    };

    /** A number that grows as the kernel gets on; negative while it has nothing to do. */
    long steps();

    /** The thread on which its code runs, or null. */
    Thread thread();
}
