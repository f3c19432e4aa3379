// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import org.junit.jupiter.api.Test;

/** The last fifty decisions are kept, however many there were. */
class DecisionsTest {
    private static final int KEPT = 50;
    private static final int MOST = 300;

    @Test
    void theLastFiftyAreKeptInOrder() {
        try (Engine engine = new Engine(EngineConfig.standard().withMemoryBytes(4096))) {
            Decisions decisions = new Decisions(engine, (callback, a, b) -> a + "/" + b);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < MOST; i++) {
                assertEquals(all.subList(Math.max(0, i - KEPT), i), decisions.lines());
                String callback = i % 3 == 0 ? "pick" : "steal";
                decisions.record(callback, i, -i);
                all.add("0 ns " + callback + " " + i + "/" + -i);
            }
            decisions.clear();
            assertEquals(List.of(), decisions.lines());
        }
    }
}
