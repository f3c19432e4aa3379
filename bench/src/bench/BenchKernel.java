// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Lwp;
import kernel.lwp.r147.Revision147;
import kernel.lwp.r184.Revision184;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.m2.M2;
import kernel.vm.clock.Clock;
import kernel.vm.map.MapIndexKind;
import kernel.vm.object.VmProfile;
import kernel.vm.twoqueue.TwoQueue;
import machine.arm.aarch64.Aarch64Machine;
import machine.core.engine.Engine;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.FixedVariants;
import machine.core.slot.VariantSource;
import machine.x86.amd64.Amd64Machine;
import userland.core.process.LwpUser;
import userland.core.process.Spawner;
import userland.program.Program;
import userland.program.User;
import userland.program.UserFunction;

/**
 * A kernel whose programs do their work in batches.
 *
 * <p>{@link #run} lets the kernel go on, on the thread that measures, until a program calls {@link #endBatch}; so
 * what is measured is kernel and user code alone, without the mailbox of the engine thread. Nothing may be posted
 * to the kernel meanwhile.
 */
final class BenchKernel implements AutoCloseable {
    private final Kernel kernel;
    private final Engine engine;

    /** Boots a kernel with the shipped variants. */
    BenchKernel(KernelConfig config) {
        kernel = Kernel.boot(config, variants(), Kernel.standardCalls());
        engine = kernel.engine();
    }

    private static VariantSource variants() {
        return new FixedVariants()
                .add("machine", "amd64", Amd64Machine::new)
                .add("machine", "aarch64", Aarch64Machine::new)
                .add("lwp", "1.47", Revision147::new)
                .add("lwp", "1.84", Revision184::new)
                .add("sched", "4bsd", FourBsd::new)
                .add("sched", "m2", M2::new)
                .add("mapindex", "chunks", MapIndexKind::chunks)
                .add("mapindex", "rbtree", MapIndexKind::rbtree)
                .add("mapindex", "splay", MapIndexKind::splay)
                .add("pageout", "twoqueue", TwoQueue::new)
                .add("pageout", "clock", Clock::new)
                .add("vm", "seed", VmProfile::seed);
    }

    /** amd64, one CPU, 4bsd, 1.84. */
    static KernelConfig config() {
        return KernelConfig.standard().withSched("4bsd");
    }

    /** The kernel itself, for what is done between batches. */
    Kernel kernel() {
        return kernel;
    }

    /** Spawns a process whose first LWP executes {@code main}, at the next {@link #run}. */
    void spawn(UserFunction main) {
        Spawner.spawn(kernel, new OneFunction(main), List.of(), 0, System.err::println);
    }

    /** Lets the kernel go on until a program ends a batch. */
    void run() {
        engine.resume();
        RunOutcome outcome;
        do {
            // The engine thread has handed over, but may not yet have taken back its wish for attention.
            outcome = engine.run(RunLimit.none());
        } while (outcome.reason() == RunOutcome.Reason.PAUSED);
        check(outcome);
    }

    /** The same on the engine thread, for who also posts to the kernel; leaves it as if it had not been halted. */
    void runPosted() {
        check(kernel.run(RunLimit.none()));
        kernel.ask(at -> {
            at.resume();
            return null;
        });
    }

    private static void check(RunOutcome outcome) {
        if (outcome.reason() != RunOutcome.Reason.HALTED) {
            throw new IllegalStateException("the kernel stopped before the batch was done: " + outcome);
        }
    }

    /** Called by user code: the batch is done. Returns when the next one begins. */
    void endBatch() {
        engine.halt("end of a batch");
        engine.current().interleave();
    }

    /** The LWP behind a facade. */
    static Lwp lwp(User user) {
        return ((LwpUser) user).lwp();
    }

    @Override
    public void close() {
        kernel.close();
    }

    private record OneFunction(UserFunction function) implements Program {
        @Override
        public String name() {
            return "bench";
        }

        @Override
        public String description() {
            return "what is measured";
        }

        @Override
        public int main(User user, String[] args) {
            function.call(user, 0);
            return 0;
        }
    }
}
