// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.ArrayList;
import java.util.List;

/** What the outside world did to one engine, in order: enough to do it all again. */
final class InputLog {

    private final Engine engine;
    private final List<InputRecord> records;

    /** Makes a log that goes on after {@code history}. */
    InputLog(Engine engine, List<InputRecord> history) {
        this.engine = engine;
        this.records = new ArrayList<>(history);
        records.removeIf(record -> record.kind() == InputRecord.Kind.END);
    }

    /** Records something done at the safe point the engine is at. */
    void add(InputRecord.Kind kind, String text) {
        records.add(InputRecord.at(engine, kind, text));
    }

    /** Everything so far, closed by a record of where that is. */
    List<InputRecord> closed() {
        List<InputRecord> copy = new ArrayList<>(records);
        copy.add(InputRecord.at(engine, InputRecord.Kind.END, ""));
        return List.copyOf(copy);
    }
}
