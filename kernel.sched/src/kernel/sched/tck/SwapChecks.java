// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.List;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.Task;
import kernel.sched.tck.SchedCheck.Kind;
import machine.core.engine.RunLimit;

/** State crosses a swap, again and again. */
final class SwapChecks {
    private static final int ESTCPU_MAX = 18 * 2048;

    private SwapChecks() {
    }

    static void addTo(List<SchedCheck> checks) {
        checks.add(new SchedCheck(Kind.POSITIVE, "it can be swapped at any event", SwapChecks::swapsAnywhere));
        checks.add(new SchedCheck(Kind.POSITIVE, "it gives way to another and comes back", SwapChecks::roundTrip));
        checks.add(new SchedCheck(Kind.POSITIVE, "what it exports is within bounds", SwapChecks::recordsAreSane));
    }

    private static void swapsAnywhere(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "3", 43)) {
            WorkChecks.mixture(rig, 9, 5);
            for (int i = 0; i < 150; i++) {
                rig.engine.run(RunLimit.events(1 + i % 3));
                rig.mustBeSound();
                rig.mustSwap(subject.instances().get());
            }
            rig.runToEnd();
        }
    }

    private static void roundTrip(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 47)) {
            WorkChecks.mixture(rig, 9, 8);
            for (int i = 0; i < 20; i++) {
                rig.engine.run(RunLimit.events(10));
                rig.mustBeSound();
                rig.mustSwap(i % 2 == 0 ? new PlainScheduler() : subject.instances().get());
            }
            rig.runToEnd();
        }
    }

    private static void recordsAreSane(SchedulerUnderTest subject) {
        var scheduler = subject.instances().get();
        try (SchedRig rig = new SchedRig(subject, "2", 53, scheduler)) {
            WorkChecks.mixture(rig, 9, 8);
            rig.runUntil(150 * SchedRig.MS);
            TaskRecord record = new TaskRecord();
            for (Task task : rig.tasks) {
                record.capture(task);
                scheduler.exportTask(task, record);
                Expect.that(record.estcpu >= 0 && record.estcpu <= ESTCPU_MAX,
                        "it exports an estimate of " + record.estcpu + "; 0 to " + ESTCPU_MAX + " is allowed");
                Expect.that(record.sliceTicks >= 0, "it exports a slice of " + record.sliceTicks + " ticks");
                Expect.that(record.priority >= 0 && record.priority < 224,
                        "it exports a priority of " + record.priority);
            }
        }
    }
}
