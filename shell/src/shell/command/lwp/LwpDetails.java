// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalStack;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskAccounting;

/** Everything about one LWP. */
record LwpDetails(String lwp, String process, String name, String state, String why, int cpu, String affinity,
        String schedClass, int priority, int effectivePriority, int nice, List<String> flags, String signalMask,
        String pendingSignals, String processPendingSignals, List<String> handlers, String signalStack, Long parkHintAddress, long pcAddress, long spAddress, long privateAddress, long runNanos,
        long waitNanos, long voluntarySwitches, long involuntarySwitches, long migrations, long wakeups,
        long wakeupP50Nanos, long wakeupP99Nanos, long wakeupMaxNanos) {

    static LwpDetails of(Kernel kernel, Lwp lwp) {
        TaskAccounting accounting = lwp.accounting();
        return new LwpDetails(lwp.label(), lwp.proc().name(), lwp.name(), States.text(lwp),
                States.why(kernel, lwp),
                lwp.cpu() == null ? 0 : lwp.cpu().id(), lwp.affinity() == null ? "any" : lwp.affinity().toString(),
                SchedClass.name(lwp.schedClass()), lwp.priority(), lwp.effectivePriority(),
                lwp.nice() - Task.NICE_NEUTRAL,
                FlagNames.of(lwp), Signals.set(lwp.signalMask()), Signals.set(lwp.pendingSignals()),
                Signals.set(lwp.proc().pendingSignals()), handlers(lwp), stack(lwp.signals().stack()),
                lwp.parked() ? (Long) lwp.parkHint() : null, lwp.registers().pc, lwp.registers().sp,
                lwp.privatePointer(),
                lwp.runNanos(), accounting.waitNanos(), accounting.voluntarySwitches(),
                accounting.involuntarySwitches(),
                accounting.migrations(), accounting.wakeupLatency().count(), accounting.wakeupLatency().p50(),
                accounting.wakeupLatency().p99(), accounting.wakeupLatency().max());
    }

    /** The handlers it is in, outermost first, with where their frames are. */
    private static List<String> handlers(Lwp lwp) {
        return lwp.signals().frames().stream()
                .map(frame -> Signal.name(frame.signo()) + " at 0x" + Long.toHexString(frame.address())).toList();
    }

    private static String stack(SignalStack stack) {
        if ((stack.flags() & SignalStack.SS_DISABLE) != 0) {
            return "none";
        }
        return "0x" + Long.toHexString(stack.base()) + " " + stack.bytes() + (stack.active() ? " in use" : "");
    }
}
