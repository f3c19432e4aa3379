// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import shell.command.Command;
import shell.command.deed.Deeds;
import shell.command.kernel.BackCommand;
import shell.command.kernel.BootCommand;
import shell.command.kernel.GoCommand;
import shell.command.kernel.Kernels;
import shell.command.kernel.KernelsCommand;
import shell.command.kernel.PauseCommand;
import shell.command.kernel.QuirksCommand;
import shell.command.kernel.RunCommand;
import shell.command.kernel.SlotsCommand;
import shell.command.kernel.SpawnCommand;
import shell.command.kernel.StepCommand;
import shell.command.kernel.UseCommand;
import shell.command.kernel.VariantsCommand;
import shell.command.lwp.CoresCommand;
import shell.command.lwp.KillCommand;
import shell.command.lwp.LwpCommand;
import shell.command.lwp.LwpsCommand;
import shell.command.lwp.PsCommand;
import shell.command.lwp.ResultCommand;
import shell.command.lwp.SysCommand;
import shell.command.lwp.SystemCalls;
import shell.command.lwp.TopCommand;
import shell.command.lwp.WhyCommand;
import shell.command.machine.TlbCommand;
import shell.command.memory.PeekCommand;
import shell.command.memory.PokeCommand;
import shell.command.sched.CpuctlCommand;
import shell.command.sched.CpusCommand;
import shell.command.sched.EvictCommand;
import shell.command.sched.EvictionsCommand;
import shell.command.sched.PsetCommand;
import shell.command.sched.RunqCommand;
import shell.command.sched.SchedctlCommand;
import shell.command.sched.SleepqCommand;
import shell.command.sched.SysctlCommand;
import shell.command.sim.CompareCommand;
import shell.command.sim.SimCommand;
import shell.command.tck.TckCommand;
import shell.command.trace.KtraceCommand;
import shell.command.trace.PtraceCommand;
import shell.command.trace.TraceCommand;
import shell.command.vm.FramesCommand;
import shell.command.vm.ObjectCommand;
import shell.command.vm.PageCommand;
import shell.command.vm.PmapCommand;
import shell.command.vm.MountCommand;
import shell.command.vm.PersonalityCommand;
import shell.command.vm.VmmapCommand;
import shell.command.vm.VmstatCommand;
import userland.program.Programs;
import userland.puppet.PuppetControl;
import userland.sim.Simulator;

/** The commands that come with the shell, in the order of the help. */
public final class CommandList {
    private CommandList() {
    }

    /** A list that commands of other bundles may join and leave at any time. */
    public static List<Command> of(Kernels kernels, Supplier<Simulator> simulator, Supplier<Programs> programs,
            Supplier<PuppetControl> puppets) {
        SystemCalls calls = new SystemCalls(kernels.factory().syscalls(), puppets);
        Deeds deeds = new Deeds(calls, programs, puppets);
        List<Command> commands = new CopyOnWriteArrayList<>();
        commands.add(new Help(() -> commands));
        Collections.addAll(commands, new BootCommand(kernels), new KernelsCommand(kernels),
                new SpawnCommand(kernels, deeds), new RunCommand(kernels), new GoCommand(kernels),
                new PauseCommand(kernels), new StepCommand(kernels), new BackCommand(kernels, deeds),
                new SlotsCommand(kernels),
                new VariantsCommand(kernels), new UseCommand(kernels), new QuirksCommand(kernels, deeds),
                new SimCommand(simulator), new CompareCommand(simulator));
        Collections.addAll(commands, new SysCommand(kernels, calls, deeds), new ResultCommand(kernels, calls),
                new PsCommand(kernels), new LwpsCommand(kernels), new LwpCommand(kernels), new TopCommand(kernels),
                new CoresCommand(kernels),
                new WhyCommand(kernels), new KillCommand(kernels, deeds));
        Collections.addAll(commands, new RunqCommand(kernels), new SleepqCommand(kernels), new CpusCommand(kernels),
                new EvictionsCommand(kernels), new EvictCommand(kernels), new SchedctlCommand(kernels), new PsetCommand(kernels),
                new CpuctlCommand(kernels), new SysctlCommand(kernels));
        Collections.addAll(commands, new PeekCommand(kernels, deeds), new PokeCommand(kernels, deeds));
        Collections.addAll(commands, new VmmapCommand(kernels), new ObjectCommand(kernels), new PageCommand(kernels),
                new FramesCommand(kernels), new VmstatCommand(kernels));
        Collections.addAll(commands, new PmapCommand(kernels),
                new MountCommand(kernels, deeds), new PersonalityCommand(kernels, deeds));
        Collections.addAll(commands, new TlbCommand(kernels), new TckCommand(kernels));
        Collections.addAll(commands, new TraceCommand(kernels), new KtraceCommand(kernels),
                new PtraceCommand(kernels, deeds));
        return commands;
    }
}
