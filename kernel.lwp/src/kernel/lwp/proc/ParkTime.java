// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.ParkRequest;

/** The timeout of a park as the caller gave it, to be asked for again. */
final class ParkTime {
    private boolean absolute;
    private int clock;
    private long seconds;
    private long nanos;

    void keep(ParkRequest request) {
        absolute = request.absolute;
        clock = request.clock;
        seconds = request.seconds;
        nanos = request.nanos;
    }

    void restore(ParkRequest request) {
        request.absolute = absolute;
        request.clock = clock;
        request.seconds = seconds;
        request.nanos = nanos;
        request.ticks = 0;
        request.startNanos = 0;
    }
}
