// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import machine.core.event.EventSink;
import machine.core.event.EventType;

/** Notes what the kernel logs about the actors: who parks, is woken, runs again, times out. */
final class EventNotes implements EventSink {
    private static final Map<String, String> VERBS = Map.of("sleep.block", "sleeps", "sched.wakeup", "wakes",
            "sched.switch", "runs", "sleep.timeout", "times out", "lwp.exit", "exits",
            "proc.trace", "reports");

    private final Map<String, Actor> actors;
    private final List<String> notes = new ArrayList<>();

    EventNotes(Map<String, Actor> actors) {
        this.actors = actors;
    }

    @Override
    public void event(long sequence, long timeNanos, int cpu, EventType type, long pid, long lid, long more) {
        String verb = type.name().equals("lwp.unpark") ? more == 0 ? "is unparked" : "has an unpark pending"
                : VERBS.get(type.name());
        if (verb == null) {
            return;
        }
        actors.forEach((name, actor) -> {
            if (actor.known() && actor.lwp().pid() == pid && actor.lwp().lid() == lid) {
                notes.add(name + " " + verb);
            }
        });
    }

    /** What was noted since the last time. */
    String take() {
        String text = notes.isEmpty() ? "none" : String.join(", ", notes);
        notes.clear();
        return text;
    }
}
