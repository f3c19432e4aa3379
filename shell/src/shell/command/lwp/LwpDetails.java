// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskAccounting;

/** Everything about one LWP. */
record LwpDetails(String lwp, String process, String name, String state, String why, int cpu, String affinity,
        String schedClass, int priority, int effectivePriority, int nice, List<String> flags, String signalMask,
        String pendingSignals, Long parkHintAddress, long pcAddress, long spAddress, long privateAddress, long runNanos,
        long waitNanos, long voluntarySwitches, long involuntarySwitches, long migrations, long wakeups,
        long wakeupP50Nanos, long wakeupP99Nanos, long wakeupMaxNanos) {

    static LwpDetails of(Kernel kernel, Lwp lwp) {
        TaskAccounting accounting = lwp.accounting();
        return new LwpDetails(lwp.label(), lwp.proc().name(), lwp.name(), States.text(lwp),
                kernel.dispatcher().why(lwp),
                lwp.cpu() == null ? 0 : lwp.cpu().id(), lwp.affinity() == null ? "any" : lwp.affinity().toString(),
                SchedClass.name(lwp.schedClass()), lwp.priority(), lwp.effectivePriority(),
                lwp.nice() - Task.NICE_NEUTRAL,
                FlagNames.of(lwp), Signals.set(lwp.signalMask()), Signals.set(lwp.pendingSignals()),
                lwp.parked() ? (Long) lwp.parkHint() : null, lwp.registers().pc, lwp.registers().sp,
                lwp.privatePointer(),
                accounting.runNanos(), accounting.waitNanos(), accounting.voluntarySwitches(),
                accounting.involuntarySwitches(),
                accounting.migrations(), accounting.wakeupLatency().count(), accounting.wakeupLatency().p50(),
                accounting.wakeupLatency().p99(), accounting.wakeupLatency().max());
    }
}
