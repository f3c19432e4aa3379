// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.object.SignalPersonality;
import kernel.vm.pmap.KernResult;

/** The signal that a failed fault becomes; numbers of FreeBSD and NetBSD {@code sys/signal.h}. */
public final class FaultSignal {
    public static final int SIGKILL = 9;
    public static final int SIGBUS = 10;
    public static final int SIGSEGV = 11;

    public static final int SEGV_MAPERR = 1;
    public static final int SEGV_ACCERR = 2;
    public static final int BUS_ADRALN = 1;
    public static final int BUS_ADRERR = 2;
    public static final int BUS_OBJERR = 3;

    private FaultSignal() {}

    /**
     * The signal for a result.
     *
     * <p>DEVIATION: without memory the original waits, and may kill some process; here the faulting one is killed.
     */
    public static int signal(int result, SignalPersonality personality) {
        if (result == KernResult.RESOURCE_SHORTAGE) {
            return SIGKILL;
        }
        boolean bus = switch (personality) {
            case HEAD_2006 -> false;
            case FREEBSD_6 -> result == KernResult.PROTECTION_FAILURE || result == KernResult.OUT_OF_BOUNDS;
            case MODERN -> result == KernResult.OUT_OF_BOUNDS || result == KernResult.IO_ERROR;
        };
        return bus ? SIGBUS : SIGSEGV;
    }

    /** The {@code si_code} for a result. */
    public static int code(int result, SignalPersonality personality) {
        int signal = signal(result, personality);
        if (signal == SIGKILL) {
            return 0;
        }
        if (signal == SIGBUS) {
            return result == KernResult.PROTECTION_FAILURE ? BUS_ADRERR : BUS_OBJERR;
        }
        return result == KernResult.PROTECTION_FAILURE || result == KernResult.OUT_OF_BOUNDS
                ? SEGV_ACCERR
                : SEGV_MAPERR;
    }
}
