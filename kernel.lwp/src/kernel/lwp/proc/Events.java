// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import machine.core.event.EventType;

/** What the process layer logs. */
final class Events {
    static final EventType PROC_START = EventType.of("proc.start", "pid", "uid");
    static final EventType PROC_EXIT = EventType.of("proc.exit", "pid", "status", "signal");
    static final EventType LWP_CREATE = EventType.of("lwp.create", "pid", "lid");
    static final EventType LWP_EXIT = EventType.of("lwp.exit", "pid", "lid");
    static final EventType UNPARK = EventType.of("lwp.unpark", "pid", "lid", "pending");
    static final EventType SIGNAL = EventType.of("proc.signal", "pid", "lid", "signal");

    static final EventType HANDLER = EventType.of("lwp.handler", "pid", "lid", "signal");
    static final EventType TRACE = EventType.of("proc.trace", "pid", "lid", "event");
    static final EventType PROC_STOP = EventType.of("proc.stop", "pid", "signal");
    static final EventType PROC_CONTINUE = EventType.of("proc.continue", "pid");

    static final EventType CORE = EventType.of("proc.core", "pid", "lwps", "bytes");

    private Events() {
    }
}
