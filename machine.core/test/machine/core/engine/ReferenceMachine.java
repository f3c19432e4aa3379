// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rules of the interleaver once more, as plainly as they can be written: linear scans, interpreted
 * programs, no contexts, no slices that go on after a cut.
 */
final class ReferenceMachine {

    /** One CPU. */
    private static final class Core {
        final int id;
        final List<Op> program;
        final List<Interrupt> pending = new ArrayList<>();
        int pc;
        long clock;
        long computeStart = -1;
        long computeLeft;

        Core(int id, List<Op> program) {
            this.id = id;
            this.program = program;
        }

        boolean busy() {
            return pc < program.size() || computeStart >= 0 || computeLeft > 0;
        }

        long key() {
            return busy() || !pending.isEmpty() ? clock : Long.MAX_VALUE;
        }
    }

    /** A timer. */
    private record Interrupt(Core core, long deadline, int tie, long sequence, long number) {
    }

    /** How long an interrupt takes. */
    static final long HANDLER_NANOS = 7;

    private final List<Core> cores = new ArrayList<>();
    private final List<Interrupt> armed = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final long seed;
    private final long quantum;
    private long armings;
    private long sliceEnd;

    ReferenceMachine(List<List<Op>> programs, long seed, long quantum) {
        this.seed = seed;
        this.quantum = quantum;
        for (int i = 0; i < programs.size(); i++) {
            cores.add(new Core(i, programs.get(i)));
        }
    }

    /** Runs to the end; returns what was logged, in order. */
    List<String> run() {
        while (true) {
            Core core = earliest();
            Interrupt first = armed.stream().min(Comparator.comparingLong(Interrupt::deadline)
                    .thenComparingInt(Interrupt::tie).thenComparingLong(Interrupt::sequence)).orElse(null);
            if (first != null && first.deadline <= core.key()) {
                armed.remove(first);
                makePending(first);
            } else if (core.key() == Long.MAX_VALUE) {
                return log;
            } else if (!core.pending.isEmpty()) {
                takeInterrupts(core);
            } else {
                slice(core);
            }
        }
    }

    private Core earliest() {
        Core best = cores.get(0);
        for (Core core : cores) {
            if (core.key() < best.key() || core.key() == best.key() && rank(core) < rank(best)) {
                best = core;
            }
        }
        return best;
    }

    private long rank(Core core) {
        return RandomStreams.mix(seed + core.id, core.key());
    }

    private void makePending(Interrupt interrupt) {
        Core core = interrupt.core;
        core.pending.add(interrupt);
        if (!core.busy()) {
            core.clock = Math.max(core.clock, interrupt.deadline);
        } else if (core.computeStart >= 0) {
            long at = Math.max(core.computeStart, interrupt.deadline);
            if (at < core.clock) {
                core.computeLeft = core.clock - at;
                core.clock = at;
                core.computeStart = -1;
            }
        }
    }

    private void takeInterrupts(Core core) {
        for (Interrupt interrupt : core.pending) {
            log.add(core.clock + " " + core.id + " timer " + interrupt.number);
            core.clock += HANDLER_NANOS;
        }
        core.pending.clear();
        if (core.computeLeft > 0) {
            core.computeStart = core.clock;
            core.clock += core.computeLeft;
            core.computeLeft = 0;
        }
    }

    private void slice(Core core) {
        sliceEnd = Long.MAX_VALUE - quantum;
        for (Core other : cores) {
            if (other != core && other.key() != Long.MAX_VALUE) {
                boolean first = RandomStreams.mix(seed + core.id, other.key())
                        < RandomStreams.mix(seed + other.id, other.key());
                sliceEnd = Math.min(sliceEnd, first ? other.key() : other.key() - 1);
            }
        }
        for (Interrupt interrupt : armed) {
            sliceEnd = Math.min(sliceEnd, interrupt.deadline - 1);
        }
        sliceEnd += quantum;
        core.computeStart = -1;
        while (core.pc < core.program.size()) {
            Op op = core.program.get(core.pc++);
            if (execute(core, op) && core.clock > sliceEnd) {
                return;
            }
        }
    }

    /** Executes one instruction; returns whether an interleave point follows. */
    private boolean execute(Core core, Op op) {
        switch (op.kind()) {
            case CHARGE -> core.clock += op.nanos();
            case LOG -> log.add(core.clock + " " + core.id + " log " + op.nanos());
            case TIMER -> arm(cores.get(op.cpu()), core.clock + op.nanos());
            case COMPUTE -> {
                long start = core.clock;
                core.clock += op.nanos();
                if (core.clock > sliceEnd) {
                    core.computeStart = start;
                }
                return true;
            }
            case INTERLEAVE -> {
                return true;
            }
        }
        return false;
    }

    private void arm(Core core, long deadline) {
        long sequence = ++armings;
        armed.add(new Interrupt(core, deadline, (int) RandomStreams.mix(seed ^ deadline, sequence), sequence,
                sequence));
        sliceEnd = Math.min(sliceEnd, deadline - 1 + quantum);
    }
}
