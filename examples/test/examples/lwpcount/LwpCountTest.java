// SPDX-License-Identifier: BSD-2-Clause
package examples.lwpcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.SyscallTable;
import kernel.lwp.r184.Revision184;
import kernel.sched.errno.Errno;
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

class LwpCountTest {
    /** What a kernel needs, without a container. */
    private final FixedVariants variants = new FixedVariants().add("machine", "amd64", Amd64Machine::new)
            .add("sched", "4bsd", FourBsd::new).add("lwp", "1.84", Revision184::new)
            .add("vm", "seed", VmProfile::seed).add("mapindex", "chunks", MapIndexKind::chunks)
            .add("pageout", "twoqueue", TwoQueue::new);

    /** Makes the call before and after it has a second LWP. */
    private static final class Caller implements Program {
        @Override
        public String name() {
            return "caller";
        }

        @Override
        public String description() {
            return "calls lwpcount";
        }

        @Override
        public int main(User user, String[] args) {
            user.print("alone " + user.syscall("lwpcount", 0));
            long other = user.pthread().threads().create(user, (own, argument) -> own.compute(1_000_000), 0);
            user.print("of two " + user.syscall("lwpcount", user.pid()));
            user.pthread().threads().join(user, other);
            user.print("nobody " + user.syscall("lwpcount", 77) + " " + user.errno());
            return 0;
        }
    }

    @Test
    void countsTheLwpsOfAProcess() {
        List<String> lines = new ArrayList<>();
        SyscallTable calls = Kernel.standardCalls();
        calls.add(LwpCount.descriptor());
        try (Kernel kernel = Kernel.boot(KernelConfig.standard(), variants, calls)) {
            new RegisteredPrograms(List.of(new Caller())).spawn(kernel, "caller", List.of(), 0, lines::add);
            kernel.run(RunLimit.none());
        }
        assertEquals(List.of("alone 1", "of two 2", "nobody -1 " + Errno.ESRCH), lines);
    }
}
