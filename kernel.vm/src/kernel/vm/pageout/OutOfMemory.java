// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.vm.map.VmSpace;
import org.osgi.annotation.versioning.ConsumerType;

/** Ends a process when memory and swap have run out; the process layer does. */
@ConsumerType
public interface OutOfMemory {
    /** Nobody can be ended. */
    OutOfMemory NOBODY = nearlyFull -> null;

    /**
     * Sends SIGKILL to the process with the most pages in memory and on the swap device.
     *
     * <p>Called by the page daemon; must neither block nor interleave.
     *
     * @param swapLeft whether there is some swap left, which spares old processes
     * @return the address space of the process; its waiting LWPs are woken without memory. Null if there is nobody
     */
    VmSpace killBiggest(boolean swapLeft);
}
