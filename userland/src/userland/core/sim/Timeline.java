// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.dispatch.Events;
import machine.core.event.EventSink;
import machine.core.event.EventType;
import userland.sim.SimReport.Slice;

/** Keeps who ran on which CPU when; on the engine thread. */
final class Timeline implements EventSink {
    /** The first slices are kept: a picture of more shows nothing. */
    private static final int MAX_SLICES = 200_000;
    private static final int IDLE_LID = 0;

    private final List<Slice> slices = new ArrayList<>();
    private final Slice[] running;

    Timeline(int cpus) {
        running = new Slice[cpus];
    }

    @Override
    public void event(long sequence, long timeNanos, int cpu, EventType type, long a, long b, long c) {
        if (type != Events.SWITCH) {
            return;
        }
        leave(cpu, timeNanos);
        if (b != IDLE_LID && slices.size() < MAX_SLICES) {
            running[cpu] = slice(cpu, (int) a, (int) b, timeNanos);
        }
    }

    private Slice slice(int cpu, int pid, int lid, long timeNanos) {
        Slice slice = new Slice();
        slice.cpu = cpu;
        slice.pid = pid;
        slice.lid = lid;
        slice.fromNanos = timeNanos;
        slices.add(slice);
        return slice;
    }

    private void leave(int cpu, long timeNanos) {
        if (running[cpu] != null) {
            running[cpu].untilNanos = timeNanos;
            running[cpu] = null;
        }
    }

    /** All slices, those that still run ended at {@code nowNanos}. */
    List<Slice> until(long nowNanos) {
        for (int cpu = 0; cpu < running.length; cpu++) {
            leave(cpu, nowNanos);
        }
        return slices;
    }
}
