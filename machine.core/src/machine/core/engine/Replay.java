// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Does a recording again on a fresh engine that is configured alike and has the same kernel on it. */
@ProviderType
public final class Replay {

    private final Engine engine;
    private final Function<String, ? extends Input<?>> inputs;
    private final List<InputRecord> done = new ArrayList<>();
    private String run = "";

    private Replay(Engine engine, Function<String, ? extends Input<?>> inputs) {
        this.engine = engine;
        this.inputs = inputs;
    }

    /**
     * Replays everything. Inputs that failed when they were recorded may fail again.
     *
     * @param engine at virtual time 0 or where the recording began
     * @param recording what {@link EngineThread#recording()} gave
     * @param inputs makes an input from its recorded text
     * @throws IllegalStateException if this engine's history comes out different from the recorded one
     */
    public static void all(Engine engine, List<InputRecord> recording,
            Function<String, ? extends Input<?>> inputs) {
        upTo(engine, recording, inputs, Long.MAX_VALUE);
    }

    /**
     * Replays as far as the first interleave point after event number {@code lastEvent}.
     *
     * @return the history of the engine as it is now, to start an {@link EngineThread} with
     */
    public static List<InputRecord> upTo(Engine engine, List<InputRecord> recording,
            Function<String, ? extends Input<?>> inputs, long lastEvent) {
        Replay replay = new Replay(engine, inputs);
        recording.stream().filter(record -> record.kind() == InputRecord.Kind.OVERDUE)
                .forEach(record -> engine.watch().expect(record.text()));
        for (InputRecord record : recording) {
            if (record.event() > lastEvent) {
                replay.stopAfter(lastEvent);
                break;
            }
            replay.redo(record);
        }
        return List.copyOf(replay.done);
    }

    private void redo(InputRecord record) {
        if (record.kind() == InputRecord.Kind.OVERDUE) {
            // It happened in the middle of a step, and happens again there.
            done.add(record);
            return;
        }
        if (engine.steps() < record.step()) {
            RunOutcome outcome = engine.run(RunGoal.parse(run, record.step()));
            check(record, outcome.reason() + " " + outcome.message());
        }
        engine.jumpTo(record.atNanos());
        check(record, "");
        switch (record.kind()) {
            case INPUT -> apply(record.text());
            case RUN -> run = record.text();
            case END, OVERDUE -> {
                return;
            }
        }
        done.add(record);
    }

    private void check(InputRecord record, String outcome) {
        if (engine.steps() != record.step() || engine.events().count() != record.event()) {
            throw new IllegalStateException("the replay went another way: at " + record.line() + " it has made "
                    + engine.steps() + " steps and logged " + engine.events().count() + " events " + outcome);
        }
    }

    private void apply(String text) {
        try {
            engine.apply(inputs.apply(text));
        } catch (Exception repeated) {
            // It was returned to the one who posted it then; whether it is the same shows in what follows.
        }
    }

    private void stopAfter(long lastEvent) {
        RunGoal goal = RunGoal.parse(run, Long.MAX_VALUE).withLastEvent(lastEvent);
        done.add(InputRecord.at(engine, InputRecord.Kind.RUN, goal.text()));
        engine.run(goal);
    }
}
