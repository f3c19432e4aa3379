// SPDX-License-Identifier: BSD-2-Clause
package examples.pagefifo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.r184.Revision184;
import kernel.sched.fourbsd.FourBsd;
import kernel.vm.map.MapIndexKind;
import kernel.vm.object.VmProfile;
import machine.core.engine.RunLimit;
import machine.core.slot.FixedVariants;
import machine.x86.amd64.Amd64Machine;
import org.junit.jupiter.api.Test;
import userland.core.process.RegisteredPrograms;
import userland.program.Program;
import userland.program.User;

class PageFifoTest {
    private static final long MEMORY_BYTES = 4L << 20;
    private static final int PAGES = 2048;
    private static final int PAGE_BYTES = 4096;

    /** What a kernel needs, without a container. */
    private final FixedVariants variants = new FixedVariants().add("machine", "amd64", Amd64Machine::new)
            .add("sched", "4bsd", FourBsd::new).add("lwp", "1.84", Revision184::new)
            .add("pageout", "pagefifo", PageFifo::new)
            .add("vm", "seed", VmProfile::seed).add("mapindex", "chunks", MapIndexKind::chunks);

    /** Writes twice as many pages as there is memory for, and reads them all back. */
    private static final class Large implements Program {
        @Override
        public String name() {
            return "large";
        }

        @Override
        public String description() {
            return "uses much memory";
        }

        @Override
        public int main(User user, String[] args) {
            long memory = user.allocate((long) PAGES * PAGE_BYTES);
            for (int i = 0; i < PAGES; i++) {
                user.store32(memory + (long) i * PAGE_BYTES, i);
            }
            int wrong = 0;
            for (int i = 0; i < PAGES; i++) {
                wrong += user.load32(memory + (long) i * PAGE_BYTES) == i ? 0 : 1;
            }
            user.print(wrong + " pages are wrong");
            return 0;
        }
    }

    @Test
    void contentsComeBackFromTheSwapDevice() {
        List<String> lines = new ArrayList<>();
        KernelConfig config = KernelConfig.standard().withMemoryBytes(MEMORY_BYTES).withVariant("pageout", "pagefifo");
        try (Kernel kernel = Kernel.boot(config, variants, Kernel.standardCalls())) {
            new RegisteredPrograms(List.of(new Large())).spawn(kernel, "large", List.of(), 0, lines::add);
            kernel.run(RunLimit.none());
        }
        assertEquals(List.of("0 pages are wrong"), lines);
    }
}
