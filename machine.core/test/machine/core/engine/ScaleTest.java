// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import machine.core.context.ExecutionContext;
import org.junit.jupiter.api.Test;

/** Many contexts on many CPUs. */
class ScaleTest {

    private static final int CONTEXTS = 100_000;
    private static final int DEPTH = 10;

    private final Engine engine = new Engine(EngineConfig.standard().withCpus(256).withMemoryBytes(4096));
    private final ArrayDeque<ExecutionContext> ready = new ArrayDeque<>();
    private int parked;
    private int ended;

    @Test
    void aHundredThousandContextsParkAndWakeOn256Cpus() {
        ExecutionContext[] contexts = new ExecutionContext[CONTEXTS];
        for (int i = 0; i < CONTEXTS; i++) {
            contexts[i] = engine.contexts().create(() -> parkDeep(DEPTH));
        }
        engine.driver(cpu -> cpu.switchTo(ready.poll()));
        runAll(contexts);
        assertEquals(CONTEXTS, parked);
        assertEquals(0, ended);
        runAll(contexts);
        assertEquals(CONTEXTS, ended);
        for (ExecutionContext context : contexts) {
            assertTrue(context.finished());
        }
        engine.close();
    }

    private void parkDeep(int depth) {
        if (depth > 0) {
            parkDeep(depth - 1);
            return;
        }
        parked++;
        Cpu cpu = engine.current();
        cpu.charge(10);
        cpu.switchTo(ready.poll());
        ended++;
        cpu = engine.current();
        cpu.exitTo(ready.poll());
    }

    private void runAll(ExecutionContext[] contexts) {
        for (ExecutionContext context : contexts) {
            ready.add(context);
        }
        for (int i = 0; i < engine.cpuCount(); i++) {
            engine.cpu(i).switchTo(ready.poll());
        }
        assertEquals(RunOutcome.Reason.QUIESCENT, engine.run(RunLimit.none()).reason());
    }
}
