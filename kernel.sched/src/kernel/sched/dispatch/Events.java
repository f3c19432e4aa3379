// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import machine.core.event.EventType;

/** Events of this floor; a task is named by its pid and lid. */
public final class Events {
    /** A CPU goes from the previous task to the one named; lid 0 is the idle task. */
    public static final EventType SWITCH = EventType.of("sched.switch", "pid", "lid", "prev");
    /** A task became runnable on a CPU. */
    public static final EventType WAKEUP = EventType.of("sched.wakeup", "pid", "lid", "cpu");
    /** A task moved to another CPU. */
    public static final EventType MIGRATE = EventType.of("sched.migrate", "pid", "lid", "cpu");
    /** A task was registered. */
    public static final EventType FORK = EventType.of("sched.fork", "pid", "lid", "parent");
    /** A task made its last switch. */
    public static final EventType EXIT = EventType.of("sched.exit", "pid", "lid");
    /** A base priority changed. */
    public static final EventType PRIORITY = EventType.of("sched.priority", "pid", "lid", "priority");
    /** A scheduler was evicted. */
    public static final EventType FAULT = EventType.of("sched.fault", "tasks");
    /** A task went to sleep on a channel. */
    public static final EventType BLOCK = EventType.of("sleep.block", "pid", "lid", "channel");
    /** A sleep ended by its timeout. */
    public static final EventType TIMEOUT = EventType.of("sleep.timeout", "pid", "lid");

    private Events() {
    }
}
