// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.kernel.SyscallTable;
import kernel.lwp.r147.Revision147;
import kernel.lwp.r1762.Revision1762;
import kernel.lwp.r184.Revision184;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.m2.M2;
import kernel.vm.clock.Clock;
import kernel.vm.map.MapIndexKind;
import kernel.vm.object.VmProfile;
import kernel.vm.twoqueue.TwoQueue;
import machine.arm.aarch64.Aarch64Machine;
import machine.core.slot.FixedVariants;
import machine.core.slot.VariantSource;
import machine.x86.amd64.Amd64Machine;
import org.apache.felix.service.command.Converter;
import shell.command.kernel.Kernels;
import shell.command.kernel.Prompt;
import shell.command.sched.BrokenScheduler;
import shell.gogo.CommandList;
import shell.gogo.GogoCommand;
import userland.core.builtin.CopyOnWrite;
import userland.core.builtin.Hog;
import userland.core.process.RegisteredPrograms;
import userland.core.puppet.Puppet;
import userland.program.Programs;

/** All floors without a framework: every variant, the puppet, and a Gogo session with our commands. */
public final class Bench implements AutoCloseable {
    private final FixedVariants variants = new FixedVariants()
            .add("machine", "amd64", Amd64Machine::new)
            .add("machine", "aarch64", Aarch64Machine::new)
            .add("sched", "4bsd", FourBsd::new)
            .add("sched", "m2", M2::new)
            .add("sched", "broken", BrokenScheduler::new)
            .add("lwp", "1.47", Revision147::new)
            .add("lwp", "1.76.2.1", Revision1762::new)
            .add("lwp", "1.84", Revision184::new)
            .add("mapindex", "chunks", MapIndexKind::chunks)
            .add("mapindex", "rbtree", MapIndexKind::rbtree)
            .add("mapindex", "splay", MapIndexKind::splay)
            .add("pageout", "twoqueue", TwoQueue::new)
            .add("pageout", "clock", Clock::new)
            .add("vm", "seed", VmProfile::seed)
            .add("vm", "fixed", VmProfile::fixed)
            .add("vm", "modern", VmProfile::modern);
    private final SyscallTable calls = Kernel.standardCalls();
    private final Puppet puppet = new Puppet();
    private final Programs programs = new RegisteredPrograms(List.of(puppet, new CopyOnWrite(), new Hog()));
    private final Kernels kernels = new Kernels(new Factory());
    private final Gogo gogo = new Gogo();
    private final List<Command> commands;

    private final class Factory implements KernelFactory {
        @Override
        public Kernel boot(KernelConfig config) {
            return Kernel.boot(config, variants, calls);
        }

        @Override
        public VariantSource variants() {
            return variants;
        }

        @Override
        public SyscallTable syscalls() {
            return calls;
        }
    }

    public Bench() {
        commands = CommandList.of(kernels, () -> null, () -> programs, () -> puppet);
        commands.forEach(gogo::with);
    }

    /** Executes lines, and returns what they printed. */
    public String run(String... lines) throws Exception {
        for (String line : lines) {
            gogo.execute(line);
        }
        return gogo.printed();
    }

    public Object value(String line) throws Exception {
        Object value = gogo.execute(line);
        gogo.printed();
        return value;
    }

    /** The Gogo session that has the commands. */
    public Gogo gogo() {
        return gogo;
    }

    /** What a person at a terminal sees after a line. */
    public String interact(String line) throws Exception {
        Object value = gogo.execute(line);
        if (value != null && gogo.session().get(GogoCommand.SHELL_PRINTS) == null) {
            gogo.session().getConsole().println(gogo.session().format(value, Converter.INSPECT));
        }
        return gogo.printed();
    }

    public String prompt() {
        return new Prompt(kernels).text();
    }

    public List<String> commandNames() {
        return commands.stream().map(Command::name).toList();
    }

    public Kernel kernel() {
        return kernels.kernel();
    }

    @Override
    public void close() {
        gogo.close();
        kernels.close();
    }
}
