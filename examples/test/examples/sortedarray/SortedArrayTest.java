// SPDX-License-Identifier: BSD-2-Clause
package examples.sortedarray;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.PROT_READ;
import static kernel.vm.call.MemorySymbols.PROT_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
import userland.core.process.RegisteredPrograms;
import userland.program.Program;
import userland.program.User;

class SortedArrayTest {
    /** What a kernel needs, without a container. */
    private final FixedVariants variants = new FixedVariants().add("machine", "amd64", Amd64Machine::new)
            .add("sched", "4bsd", FourBsd::new).add("lwp", "1.84", Revision184::new)
            .add("pageout", "twoqueue", TwoQueue::new).add("vm", "seed", VmProfile::seed)
            .add("mapindex", "sortedarray", SortedArray::new).add("mapindex", "chunks", MapIndexKind::chunks);

    /** Maps and unmaps at random, and prints where everything came to lie. */
    private static final class Mapper implements Program {
        private static final int STEPS = 500;

        @Override
        public String name() {
            return "mapper";
        }

        @Override
        public String description() {
            return "maps and unmaps";
        }

        @Override
        public int main(User user, String[] args) {
            Random random = new Random(1);
            List<long[]> mapped = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                if (!mapped.isEmpty() && random.nextInt(3) == 0) {
                    long[] gone = mapped.remove(random.nextInt(mapped.size()));
                    user.munmap(gone[0], gone[1]);
                } else {
                    long bytes = 4096L * (1 + random.nextInt(8));
                    long address = user.mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
                    user.store8(address, i);
                    user.print(Long.toHexString(address));
                    mapped.add(new long[] {address, bytes});
                }
            }
            return 0;
        }
    }

    private List<String> addresses(String index) {
        List<String> lines = new ArrayList<>();
        try (Kernel kernel = Kernel.boot(KernelConfig.standard().withVariant("mapindex", index), variants,
                Kernel.standardCalls())) {
            new RegisteredPrograms(List.of(new Mapper())).spawn(kernel, "mapper", List.of(), 0, lines::add);
            kernel.run(RunLimit.none());
            List<String> broken = new ArrayList<>();
            kernel.check(broken);
            assertEquals(List.of(), broken);
            assertEquals(index, kernel.slots().find("mapindex").active(), "it was evicted");
        }
        return lines;
    }

    @Test
    void everythingLiesWhereTheShippedIndexWouldPutIt() {
        List<String> expected = addresses("chunks");
        assertEquals(expected, addresses("sortedarray"));
    }
}
