// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.List;
import kernel.sched.policy.Scheduler;
import kernel.sched.tck.SchedCheck.Kind;
import machine.core.engine.RunLimit;
import machine.core.watchdog.EvictionReport;

/** A fault is committed around an instance of the subject; a second instance of it takes over whatever is there. */
final class FaultChecks {
    private FaultChecks() {
    }

    static void addTo(List<SchedCheck> checks) {
        add(checks, "an exception in tick is noticed", Saboteur.Fault.TICK, EvictionReport.Kind.THROW);
        add(checks, "an exception in slept is noticed", Saboteur.Fault.SLEEP, EvictionReport.Kind.THROW);
        add(checks, "endless recursion is noticed", Saboteur.Fault.RECURSION, EvictionReport.Kind.THROW);
        add(checks, "a missing CPU is noticed", Saboteur.Fault.NO_CPU, EvictionReport.Kind.RULE);
        add(checks, "a running task that is picked is noticed", Saboteur.Fault.PICK_RUNNING, EvictionReport.Kind.RULE);
        add(checks, "a lost task is noticed", Saboteur.Fault.LOSE, EvictionReport.Kind.LOST);
    }

    private static void add(List<SchedCheck> checks, String name, Saboteur.Fault fault, EvictionReport.Kind kind) {
        checks.add(new SchedCheck(Kind.MUST_FAIL, name, subject -> mustFail(subject, fault, kind)));
    }

    private static void mustFail(SchedulerUnderTest subject, Saboteur.Fault fault, EvictionReport.Kind kind) {
        Scheduler sabotaged = new Saboteur(subject.instances().get(), fault);
        try (SchedRig rig = new SchedRig(subject, "2", 61, sabotaged)) {
            rig.fallback(subject.instances().get());
            WorkChecks.mixture(rig, 10, 12);
            rig.engine.run(RunLimit.until(60_000 * SchedRig.MS));
            rig.mustHaveEvicted(kind);
        }
    }
}
