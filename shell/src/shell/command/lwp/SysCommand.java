// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.kernel.Kernel;
import machine.core.engine.Engine;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.deed.Deed;
import shell.command.deed.Deeds;
import shell.command.kernel.Kernels;
import shell.command.kernel.Running;
import shell.command.kernel.TaskName;
import userland.puppet.PuppetCall;
import userland.quantity.DurationText;

/** {@code sys}: makes a puppet LWP execute a system call. */
public final class SysCommand extends Command {
    private static final String NOWAIT = "--nowait";
    private static final String WAIT = "--wait";

    private final Kernels kernels;
    private final SystemCalls calls;
    private final Deeds deeds;

    public SysCommand(Kernels kernels, SystemCalls calls, Deeds deeds) {
        super("lwp", "sys", "makes an LWP of a puppet execute a system call, and prints what became of it");
        this.kernels = kernels;
        this.calls = calls;
        this.deeds = deeds;
        takes("PID[.LID] CALL [ARG...]", 2, -1, Candidates.TASK, Candidates.CALL, Candidates.ARGUMENT);
        has(Option.flag(NOWAIT, "stop when all CPUs are idle, before any timer fires"),
                Option.of(WAIT, "DURATION", "virtual time after which it stops in any case; 10s unless told"));
        example("sys 1 mmap 0 8192 PROT_READ,PROT_WRITE MAP_ANON,MAP_PRIVATE -1 0");
        details("""
                The kernel runs until the call has returned or nothing can run any more.
                ARG: decimal or 0x; constants joined with , or a quoted |; NULL or an address; text; [2 3 4];
                1.5s, +1.5s (from now on the call's clock) or [SEC NSEC]; ctx (a new LWP); @ (a buffer to fill).
                In a script: r = (sys ...), then $r value, $r errno, $r out NAME.""");
    }

    @Override
    public Object run(Invocation in) throws InterruptedException {
        TaskName name = TaskName.parse(in.text(0));
        Deed<PuppetCall> deed = deeds.sys(name, in.from(1));
        long patience = DurationText.parseNanos(in.option(WAIT, "10s"));
        Kernel kernel = kernels.kernel();
        Running.checkPaused(kernel);
        calls.settle(kernel, name);
        PuppetCall begun = deed.perform(kernel);
        wait(kernel, begun, patience, in);
        SysResult result = kernel.ask(engine -> calls.result(kernel, begun));
        in.console().println(result.text());
        return result;
    }

    private static void wait(Kernel kernel, PuppetCall call, long patience, Invocation in) throws InterruptedException {
        long until = Math.addExact(kernel.ask(Engine::nowNanos), patience);
        boolean hasty = in.flag(NOWAIT);
        RunOutcome outcome = Running.run(kernel, RunLimit.until(until).stoppingWhenQuiescent().orWhen(
                () -> isOver(call) || hasty && call.state() == PuppetCall.State.ASLEEP && isIdle(kernel.engine())));
        if (!outcome.message().isEmpty()) {
            in.err().println("the kernel stopped: " + outcome.message());
        }
    }

    private static boolean isOver(PuppetCall call) {
        return call.state() == PuppetCall.State.FINISHED || call.state() == PuppetCall.State.EXITED;
    }

    private static boolean isIdle(Engine engine) {
        for (int cpu = 0; cpu < engine.cpuCount(); cpu++) {
            if (!engine.cpu(cpu).idle()) {
                return false;
            }
        }
        return true;
    }
}
