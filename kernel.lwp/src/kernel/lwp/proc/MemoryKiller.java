// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.signal.Signal;
import kernel.lwp.machine.SignalInfo;
import kernel.vm.map.VmSpace;
import kernel.vm.pageout.OutOfMemory;

/**
 * Ends the process with the most memory: the last resort of {@code vm_pageout_scan}, FreeBSD
 * {@code sys/vm/vm_pageout.c}, early 2006.
 *
 * <p>DEVIATION: process 1 is a program like any other here, so it is not spared.
 */
final class MemoryKiller implements OutOfMemory {
    /** Processes below are daemons that are only ended when swap is full altogether. */
    private static final int OLD_PIDS = 48;

    private final Processes processes;

    MemoryKiller(Processes processes) {
        this.processes = processes;
    }

    @Override
    public VmSpace killBiggest(boolean swapLeft) {
        Proc biggest = biggest(swapLeft ? OLD_PIDS : 0);
        if (biggest == null) {
            biggest = biggest(0);
        }
        if (biggest == null) {
            return null;
        }
        processes.signals().post(biggest, SignalInfo.unknown(Signal.SIGKILL), 0);
        return biggest.vmspace();
    }

    private Proc biggest(int lowestPid) {
        Proc biggest = null;
        long most = 0;
        for (Proc p : processes.table().all()) {
            VmSpace space = p.vmspace();
            if (p.state() == Proc.State.ACTIVE && p.reclaimable() && space != null && p.pid() >= lowestPid) {
                long pages = space.pmap().residentCount() + space.swapPages();
                if (pages > most) {
                    most = pages;
                    biggest = p;
                }
            }
        }
        return biggest;
    }
}
