// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.ArrayList;
import java.util.List;

/** What the outside world did to one engine, in order: enough to do it all again. */
public final class InputLog {

    private final List<InputRecord> records = new ArrayList<>();

    InputLog() {
    }

    void add(InputRecord.Kind kind, Engine engine, String text) {
        records.add(record(kind, engine, text));
    }

    /** Everything so far, closed by a record of kind END for the safe point {@code engine} is at. */
    List<InputRecord> upTo(Engine engine) {
        List<InputRecord> copy = new ArrayList<>(records);
        copy.add(record(InputRecord.Kind.END, engine, ""));
        return List.copyOf(copy);
    }

    private static InputRecord record(InputRecord.Kind kind, Engine engine, String text) {
        return new InputRecord(kind, engine.steps(), engine.nowNanos(), engine.events().count(), text);
    }
}
