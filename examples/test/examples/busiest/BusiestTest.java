// SPDX-License-Identifier: BSD-2-Clause
package examples.busiest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.r184.Revision184;
import kernel.sched.fourbsd.FourBsd;
import kernel.vm.map.MapIndexKind;
import kernel.vm.object.VmProfile;
import kernel.vm.twoqueue.TwoQueue;
import machine.core.engine.RunLimit;
import machine.core.slot.FixedVariants;
import machine.x86.amd64.Amd64Machine;
import org.junit.jupiter.api.Test;
import shell.command.Invocation;
import userland.core.builtin.Hog;
import userland.core.process.RegisteredPrograms;

class BusiestTest {
    /** What a kernel needs, without a container. */
    private final FixedVariants variants = new FixedVariants().add("machine", "amd64", Amd64Machine::new)
            .add("sched", "4bsd", FourBsd::new).add("lwp", "1.84", Revision184::new)
            .add("vm", "seed", VmProfile::seed).add("mapindex", "chunks", MapIndexKind::chunks)
            .add("pageout", "twoqueue", TwoQueue::new);

    @Test
    void showsWhoRanLongest() {
        try (Kernel kernel = Kernel.boot(KernelConfig.standard().withCpus(2), variants, Kernel.standardCalls())) {
            RegisteredPrograms programs = new RegisteredPrograms(List.of(new Hog()));
            programs.spawn(kernel, "hog", List.of("1s"), 0, null);
            kernel.run(RunLimit.until(100_000_000));
            programs.spawn(kernel, "hog", List.of("1s"), 0, null);
            kernel.run(RunLimit.until(200_000_000));
            Busiest busiest = new Busiest(() -> kernel);
            assertEquals(List.of("1.1", "2.2"), run(busiest).stream().map(row -> ((Busiest.Row) row).lwp()).toList());
            assertEquals(1, run(busiest, "1").size());
            assertThrows(IllegalArgumentException.class, () -> run(busiest, "none"));
        }
    }

    private static List<?> run(Busiest command, String... operands) {
        PrintStream out = System.out;
        return (List<?>) command.run(
                Invocation.read(command, List.of(operands), new Invocation.Place(out, out, out, Path.of(""))));
    }
}
