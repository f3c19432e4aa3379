// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.vm.map.VmSpace;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells how long nobody has run in an address space; the process layer does. */
@ConsumerType
public interface Idleness {
    /** Nothing is known: every space counts as in use. */
    Idleness UNKNOWN = space -> 0;

    /**
     * For how long every LWP of the processes of a space has been asleep, in nanoseconds of virtual time; 0 if one is not.
     *
     * <p>Called by a kernel LWP; must neither block nor interleave.
     */
    long idleNanos(VmSpace space);
}
