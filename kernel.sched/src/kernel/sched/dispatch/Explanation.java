// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** Says in words why a task is not running. */
final class Explanation {
    private final Dispatcher dispatcher;
    private Task wanted;
    private int ahead;
    private boolean found;

    Explanation(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    String why(Task task) {
        return switch (task.state()) {
            case LSIDL -> "is being created and was not started yet";
            case LSRUN -> runnable(task);
            case LSSLEEP -> asleep(task);
            case LSSTOP -> task.waitChannel() == 0 ? "is stopped" : "is stopped while " + asleep(task);
            case LSZOMB -> "has exited and waits to be reaped";
            case LSONPROC -> "is running on " + task.cpu() + " at priority " + task.effectivePriority();
            case LSSUSPENDED -> "is suspended at the user boundary";
        };
    }

    private String runnable(Task task) {
        String place = "is runnable on " + task.cpu() + " at priority " + task.effectivePriority();
        if (dispatcher.slot().active() == null) {
            return place + ", but there is " + dispatcher.slot().guard().missing();
        }
        wanted = task;
        dispatcher.forEachQueued(task.cpu(), this::count);
        CpuState cpu = task.cpu();
        String now = cpu.idle() ? "the CPU is about to pick it up"
                : cpu.current() + " runs there at priority " + cpu.currentPriority();
        return place + ", behind " + ahead + (ahead == 1 ? " task; " : " tasks; ") + now;
    }

    private void count(Task queued) {
        found |= queued == wanted;
        if (!found) {
            ahead++;
        }
    }

    private String asleep(Task task) {
        StringBuilder text = new StringBuilder("asleep on \"").append(task.waitMessage()).append("\" (")
                .append(task.syncObject().name()).append(" 0x").append(Long.toHexString(task.waitChannel()))
                .append(") since ").append(seconds(task.sleepingSinceNanos()));
        if (task.waitObject() != null && task.waitObject().owner() != null) {
            text.append(", held by ").append(task.waitObject().owner());
        }
        if (task.wakeAtTick() >= 0) {
            text.append(", timeout at ").append(seconds(dispatcher.nanosOfTick(task.wakeAtTick())));
        }
        return text.append(task.interruptible() ? ", interruptible" : ", not interruptible").toString();
    }

    private static String seconds(long nanos) {
        long micros = nanos / 1000;
        String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        return micros / 1_000_000 + "." + fraction + " s";
    }
}
