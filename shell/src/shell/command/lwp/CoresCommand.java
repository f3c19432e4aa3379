// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.CoreDump;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code cores}: what is left of processes that a signal ended. */
public final class CoresCommand extends Command {
    private final Kernels kernels;

    public CoresCommand(Kernels kernels) {
        super("lwp", "cores", "lists core dumps, or the LWPs in one");
        this.kernels = kernels;
        takes("[PID]", 0, 1);
        example("cores 1");
        details("A process leaves a core dump when a signal such as SIGSEGV ends it, unless RLIMIT_CORE is too small or "
                + "the process has changed users. The kernel keeps the last 16.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        List<CoreDump> cores = kernel.ask(engine -> kernel.processes().coreDumps().list());
        if (!in.has(0)) {
            return new Rows<>(CoreRow.class, cores.stream().map(CoreRow::of).toList());
        }
        int pid = Numbers.natural(in.text(0), "a pid");
        CoreDump core = cores.stream().filter(c -> c.pid() == pid).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("process " + pid + " left no core dump; cores lists those there are"));
        return new Rows<>(CoreLwpRow.class, core.lwps().reversed().stream().map(CoreLwpRow::of).toList());
    }

    /** A core dump in the list. */
    private record CoreRow(int pid, String name, String signal, int lid, int lwps, int ranges, long mappedBytes,
            long atNanos) {
        static CoreRow of(CoreDump core) {
            return new CoreRow(core.pid(), core.name(), Signals.name(core.signo()), core.lid(), core.lwps().size(),
                    core.ranges().size(), core.bytes(), core.atNanos());
        }
    }

    /** An LWP in a core dump. */
    private record CoreLwpRow(int lid, String name, long pcAddress, long spAddress, long argumentAddress,
            long privateAddress) {
        static CoreLwpRow of(CoreDump.CoreLwp lwp) {
            return new CoreLwpRow(lwp.lid(), lwp.name(), lwp.registers().pc, lwp.registers().sp,
                    lwp.registers().argument, lwp.registers().tls);
        }
    }
}
