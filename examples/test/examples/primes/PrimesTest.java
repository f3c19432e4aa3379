// SPDX-License-Identifier: BSD-2-Clause
package examples.primes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.process.RegisteredPrograms;

class PrimesTest {
    /** What a kernel needs, without a container. */
    private final FixedVariants variants = new FixedVariants().add("machine", "amd64", Amd64Machine::new)
            .add("sched", "4bsd", FourBsd::new).add("lwp", "1.84", Revision184::new)
            .add("vm", "seed", VmProfile::seed).add("mapindex", "chunks", MapIndexKind::chunks)
            .add("pageout", "twoqueue", TwoQueue::new);

    @ParameterizedTest
    @CsvSource({"100, 25 primes below 100", "2, 0 primes below 2"})
    void countsPrimes(String argument, String line) {
        assertEquals(List.of(line), printed(argument));
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "-5", "1000000"})
    void namesABadNumber(String argument) {
        assertTrue(printed(argument).getFirst().endsWith(argument + " is no number from 1 to 999999"));
    }

    private List<String> printed(String argument) {
        List<String> lines = new ArrayList<>();
        try (Kernel kernel = Kernel.boot(KernelConfig.standard(), variants, Kernel.standardCalls())) {
            new RegisteredPrograms(List.of(new Primes())).spawn(kernel, "primes", List.of(argument), 0, lines::add);
            kernel.run(RunLimit.none());
        }
        return lines;
    }
}
