// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import org.junit.jupiter.api.Test;

/** A switch to another address space costs more, and the one that is loaded stays so until another one comes. */
class SwitchCostTest {
    private static final int YIELDS = 10;

    private static final class Spaced extends Task {
        private final int lid;
        private final Object space;

        Spaced(int lid, Object space) {
            this.lid = lid;
            this.space = space;
        }

        @Override
        public int pid() {
            return 1;
        }

        @Override
        public int lid() {
            return lid;
        }

        @Override
        public Object addressSpace() {
            return space;
        }
    }

    /** Virtual time of a run in which tasks of these spaces yield to each other in turns. */
    private static long duration(Object... spaces) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Dispatcher dispatcher = kernel.dispatcher;
            for (int i = 0; i < spaces.length; i++) {
                Spaced task = new Spaced(i + 1, spaces[i]);
                dispatcher.register(task, null, () -> {
                    for (int round = 0; round < YIELDS; round++) {
                        dispatcher.yield();
                    }
                    task.become(TaskState.LSZOMB);
                    dispatcher.exit();
                });
                dispatcher.setRunnable(task);
            }
            kernel.run();
            assertEquals(spaces.length * (YIELDS + 1), dispatcher.switches(0));
            return kernel.engine.cpu(0).clockNanos();
        }
    }

    @Test
    void anotherSpaceCostsMore() {
        long more;
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            more = kernel.dispatcher.costs().otherSpaceNanos() - kernel.dispatcher.costs().sameSpaceNanos();
        }
        assertTrue(more > 0);
        Object one = "one";
        long without = duration(null, null);
        assertEquals(more, duration(one, one) - without, "it is loaded once");
        assertEquals(more, duration(one, null) - without, "who has none leaves it loaded");
        assertEquals(2 * (YIELDS + 1) * more, duration(one, "other") - without, "each switch loads");
    }
}
