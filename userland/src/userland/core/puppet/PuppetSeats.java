// SPDX-License-Identifier: BSD-2-Clause
package userland.core.puppet;

import java.util.TreeMap;
import kernel.lwp.proc.Lwp;

/** The puppet LWPs of one process, by id; seats of LWPs that exited stay until their id is used again. */
public final class PuppetSeats {
    private final TreeMap<Integer, PuppetSeat> byLid = new TreeMap<>();

    /** The seat that the last LWP with an id had, or null. */
    PuppetSeat find(int lid) {
        return byLid.get(lid);
    }

    /** The seat of an LWP, made now when it has none. */
    PuppetSeat of(Lwp lwp) {
        PuppetSeat seat = byLid.get(lwp.lid());
        if (seat == null || seat.lwp() != lwp) {
            seat = new PuppetSeat(lwp);
            byLid.put(lwp.lid(), seat);
        }
        return seat;
    }
}
