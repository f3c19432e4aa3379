// SPDX-License-Identifier: BSD-2-Clause
package examples.parkfifo;

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
import machine.core.slot.SwapRequest;
import machine.x86.amd64.Amd64Machine;
import org.junit.jupiter.api.Test;
import userland.core.process.RegisteredPrograms;
import userland.program.Program;
import userland.program.User;

class ParkFifoTest {
    private static final long HINT = 0x1234;
    private static final int CLOCK_MONOTONIC = 3;

    /** What a kernel needs, without a container. */
    private final FixedVariants variants = new FixedVariants().add("machine", "amd64", Amd64Machine::new)
            .add("sched", "4bsd", FourBsd::new).add("lwp", "1.84", Revision184::new)
            .add("lwp", "parkfifo", ParkFifo::new)
            .add("vm", "seed", VmProfile::seed).add("mapindex", "chunks", MapIndexKind::chunks)
            .add("pageout", "twoqueue", TwoQueue::new);

    /** Three LWPs park on one hint, one after the other. */
    private static final class Sleepers implements Program {
        @Override
        public String name() {
            return "sleepers";
        }

        @Override
        public String description() {
            return "parks";
        }

        @Override
        public int main(User user, String[] args) {
            for (int i = 0; i < 3; i++) {
                user.pthread().threads().create(user, (own, argument) -> park(own), 0);
                user.compute(1_000_000);
            }
            user.compute(1_000_000_000);
            return 0;
        }

        private static long park(User user) {
            return user.syscall("___lwp_park60", CLOCK_MONOTONIC, 0, 0, 0, HINT, 0);
        }
    }

    @Test
    void whoParkedFirstIsFirstAlsoAfterASwapAndBack() {
        try (Kernel kernel = Kernel.boot(KernelConfig.standard().withLwp("parkfifo").withCpus(2), variants,
                Kernel.standardCalls())) {
            new RegisteredPrograms(List.of(new Sleepers())).spawn(kernel, "sleepers", List.of(), 0, null);
            kernel.run(RunLimit.until(500_000_000));
            assertEquals(List.of(2, 3, 4), parked(kernel));
            assertTrue(swap(kernel, "1.84"));
            assertTrue(swap(kernel, "parkfifo"));
            assertEquals(List.of(2, 3, 4), parked(kernel));
            List<String> broken = new ArrayList<>();
            kernel.ask(engine -> {
                kernel.check(broken);
                return null;
            });
            assertEquals(List.of(), broken);
        }
    }

    private static boolean swap(Kernel kernel, String revision) {
        return kernel.swap(List.of(new SwapRequest("lwp", revision))).committed();
    }

    private static List<Integer> parked(Kernel kernel) {
        return kernel.ask(engine -> {
            List<Integer> lids = new ArrayList<>();
            kernel.processes().table().find(1).newestLwp().sleepQueue().forEach(task -> lids.add(task.lid()));
            return lids;
        });
    }
}
