// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.ArrayList;
import java.util.List;
import machine.core.context.ContextHost;
import machine.core.event.EventType;

/** Runs random programs on a real engine, one context on each CPU. */
final class ProgramMachine implements AutoCloseable {

    private static final EventType LOG = EventType.of("log", "value");
    private static final EventType TIMER = EventType.of("timer", "number");

    final Engine engine;
    final List<String> log = new ArrayList<>();
    private long armings;

    ProgramMachine(List<List<Op>> programs, long seed, long quantum, ContextHost host) {
        engine = new Engine(new EngineConfig(programs.size(), 4096, seed, quantum, host));
        engine.events().sink((sequence, time, cpu, type, a, b, c) ->
                log.add(time + " " + cpu + " " + type.name() + " " + a));
        for (int i = 0; i < programs.size(); i++) {
            List<Op> program = programs.get(i);
            if (!program.isEmpty()) {
                engine.cpu(i).switchTo(host.create(() -> program.forEach(this::execute)));
            }
        }
    }

    private void execute(Op op) {
        Cpu cpu = engine.current();
        switch (op.kind()) {
            case CHARGE -> cpu.charge(op.nanos());
            case LOG -> engine.events().log(LOG, op.nanos(), 0, 0);
            case TIMER -> engine.arm(new Numbered(++armings), engine.cpu(op.cpu()), cpu.clockNanos() + op.nanos());
            case COMPUTE -> cpu.computeUser(op.nanos());
            case INTERLEAVE -> cpu.interleave();
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Numbered extends Timer {
        private final long number;

        Numbered(long number) {
            this.number = number;
        }

        @Override
        protected void expire(Cpu cpu) {
            engine.events().log(TIMER, number, 0, 0);
            cpu.charge(ReferenceMachine.HANDLER_NANOS);
        }
    }
}
