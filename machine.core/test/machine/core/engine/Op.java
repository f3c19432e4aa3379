// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One instruction of a random program: what it does, to or with what. */
record Op(Kind kind, int cpu, long nanos) {

    enum Kind { CHARGE, INTERLEAVE, LOG, COMPUTE, TIMER }

    /** A program for each CPU, over a few instants so that ties are frequent. */
    static List<List<Op>> programs(Random random, int cpus) {
        List<List<Op>> programs = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            List<Op> program = new ArrayList<>();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                program.add(any(random, cpus));
            }
            programs.add(program);
        }
        return programs;
    }

    private static Op any(Random random, int cpus) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        long nanos = switch (kind) {
            case COMPUTE -> random.nextInt(200);
            case TIMER -> random.nextInt(100);
            default -> random.nextInt(4) * 10L;
        };
        return new Op(kind, random.nextInt(cpus), nanos);
    }
}
