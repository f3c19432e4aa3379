// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/**
 * How far the engine runs in one go.
 *
 * @param limit what the user asked for; its event count is not used
 * @param lastEvent number of the event after which the slice is cut and the run stops
 * @param lastStep number of the step after which the run stops
 * @param softNanos virtual time after which no step begins
 */
record RunGoal(RunLimit limit, long lastEvent, long lastStep, long softNanos) {

    /** The goal of a run that starts after {@code events} events. */
    static RunGoal of(RunLimit limit, long events) {
        return new RunGoal(limit, goalAfter(events, limit.events()), Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** A run that is to be replayed up to a step: only what cuts slices counts. */
    static RunGoal replay(long untilNanos, long lastEvent, long lastStep) {
        RunLimit limit = new RunLimit(untilNanos, Long.MAX_VALUE, null, false);
        return new RunGoal(limit, lastEvent, lastStep, Long.MAX_VALUE);
    }

    RunGoal withSoftNanos(long nanos) {
        return new RunGoal(limit, lastEvent, lastStep, nanos);
    }

    RunGoal withLastEvent(long event) {
        return new RunGoal(limit, event, lastStep, softNanos);
    }

    /** What an input log has to remember of it. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (limit.timed()) {
            text.append("until=").append(limit.untilNanos()).append(' ');
        }
        if (lastEvent != Long.MAX_VALUE) {
            text.append("event=").append(lastEvent).append(' ');
        }
        return text.toString().strip();
    }

    /** The goal of a recorded run, replayed up to {@code lastStep}. */
    static RunGoal parse(String text, long lastStep) {
        long until = Long.MAX_VALUE;
        long event = Long.MAX_VALUE;
        for (String word : text.isEmpty() ? new String[0] : text.split(" ")) {
            if (word.startsWith("until=")) {
                until = Long.parseLong(word.substring("until=".length()));
            } else if (word.startsWith("event=")) {
                event = Long.parseLong(word.substring("event=".length()));
            } else {
                throw new IllegalArgumentException("a recorded run has the unknown limit '" + word + "'");
            }
        }
        return replay(until, event, lastStep);
    }

    private static long goalAfter(long events, long more) {
        return more > Long.MAX_VALUE - events ? Long.MAX_VALUE : events + more;
    }
}
