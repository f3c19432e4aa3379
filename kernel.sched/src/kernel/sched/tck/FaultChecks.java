// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.List;
import kernel.sched.policy.Scheduler;
import kernel.sched.task.CpuSet;
import kernel.sched.tck.SchedCheck.Kind;
import machine.core.engine.RunLimit;
import machine.core.slot.SwapException;
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
        add(checks, "a task picked for a forbidden CPU is noticed", Saboteur.Fault.PICK_FORBIDDEN, EvictionReport.Kind.RULE);
        add(checks, "a task stolen by a forbidden CPU is noticed", Saboteur.Fault.STEAL_FORBIDDEN, EvictionReport.Kind.RULE);
        add(checks, "a task sent to a forbidden CPU is noticed", Saboteur.Fault.PREEMPT_FORBIDDEN, EvictionReport.Kind.RULE);
        add(checks, "a lost task is noticed", Saboteur.Fault.LOSE, EvictionReport.Kind.LOST);
        add(checks, "a task that is queued twice is noticed", Saboteur.Fault.DUPLICATE, EvictionReport.Kind.DUPLICATE);
        add(checks, "a starved task is noticed", Saboteur.Fault.STARVE, EvictionReport.Kind.STARVED);
        refuse(checks, "a swap to one that throws is refused", Saboteur.Fault.IMPORT, true);
        refuse(checks, "a swap to one that drops a task is refused", Saboteur.Fault.DROP, true);
        refuse(checks, "a swap from one that shows a task twice is refused", Saboteur.Fault.SHOW_TWICE, false);
        refuse(checks, "a swap from one that keeps a task is refused", Saboteur.Fault.MISCOUNT, false);
    }

    private static void add(List<SchedCheck> checks, String name, Saboteur.Fault fault, EvictionReport.Kind kind) {
        checks.add(new SchedCheck(Kind.MUST_FAIL, name, subject -> mustFail(subject, fault, kind)));
    }

    private static void mustFail(SchedulerUnderTest subject, Saboteur.Fault fault, EvictionReport.Kind kind) {
        Scheduler sabotaged = new Saboteur(subject.instances().get(), fault);
        try (SchedRig rig = new SchedRig(subject, "2", 61, sabotaged)) {
            rig.fallback(subject.instances().get());
            WorkChecks.mixture(rig, 10, 12);
            for (int i = 0; i < 6; i++) {
                rig.dispatcher.processorSets().setAffinity(rig.tasks.get(i), CpuSet.of(0));
            }
            rig.engine.run(RunLimit.until(60_000 * SchedRig.MS));
            rig.mustHaveEvicted(kind);
        }
    }

    private static void refuse(List<SchedCheck> checks, String name, Saboteur.Fault fault, boolean successor) {
        checks.add(new SchedCheck(Kind.MUST_FAIL, name, subject -> mustRefuse(subject, fault, successor)));
    }

    /** One of both commits the fault; the subject, or the one around it, goes on with all tasks. */
    private static void mustRefuse(SchedulerUnderTest subject, Saboteur.Fault fault, boolean successor) {
        Scheduler honest = subject.instances().get();
        Scheduler first = successor ? honest : new Saboteur(honest, fault);
        try (SchedRig rig = new SchedRig(subject, "2", 59, first)) {
            WorkChecks.mixture(rig, 9, 8);
            rig.engine.run(RunLimit.until(40 * SchedRig.MS));
            boolean refused = false;
            try {
                rig.swap(successor ? new Saboteur(new PlainScheduler(), fault) : new PlainScheduler());
            } catch (SwapException expected) {
                refused = true;
            }
            Expect.that(refused, "a swap with the fault " + fault + " was not refused");
            if (successor) {
                rig.runToEnd();
            } else {
                rig.allMustEnd();
            }
        }
    }
}
