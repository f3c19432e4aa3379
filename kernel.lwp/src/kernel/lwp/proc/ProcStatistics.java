// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.Signal;
import kernel.vm.syscall.Resource;

/**
 * What happens to processes once a second: the part of sched_pstats of kern_synch.c 1.308 that knows them.
 *
 * <p>The dispatcher has done the part about LWPs before. Runs in an interrupt.
 */
final class ProcStatistics {
    static final long SECOND = 1_000_000_000L;
    /** How much a process gets that was warned with SIGXCPU. */
    private static final int GRACE_SECONDS = 5;

    private final Processes processes;

    ProcStatistics(Processes processes) {
        this.processes = processes;
    }

    void second() {
        for (Proc p : processes.table().all()) {
            if (p.alive()) {
                limit(p);
            }
        }
        processes.sleep().lightningBolt();
    }

    /** RLIMIT_CPU: a warning at the soft limit, which moves on, and the end at the hard one. */
    private void limit(Proc p) {
        long soft = p.limit(Resource.CPU);
        if (soft == Resource.INFINITY) {
            return;
        }
        long seconds = p.cpuTime().limitedSeconds();
        if (seconds < soft) {
            return;
        }
        long hard = p.hardLimit(Resource.CPU);
        if (seconds >= hard) {
            send(p, Signal.SIGKILL);
            return;
        }
        if (soft < hard) {
            p.limits().set(Resource.CPU, soft + GRACE_SECONDS, hard);
        }
        send(p, Signal.SIGXCPU);
    }

    private void send(Proc p, int signo) {
        processes.signals().post(p, SignalInfo.unknown(signo), 0);
    }
}
