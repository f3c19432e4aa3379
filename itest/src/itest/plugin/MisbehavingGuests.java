// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.util.List;
import kernel.lwp.proc.TraceListener;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.CurrentKernel;
import shell.command.Invocation;
import userland.program.Program;
import userland.program.User;

/**
 * Registers a program, a system call, a trace listener and a shell command, none of which comes back.
 *
 * <p>The program is told how, as are its thread and its signal handler; so is the command, after the word {@code here} or
 * {@code kernel}. The call and the listener read {@link Fault#PROPERTY}.
 */
public final class MisbehavingGuests implements BundleActivator {
    public static final String PROGRAM = "itest-bad";
    public static final String CALL = "itest_bad";
    public static final String COMMAND = "mischief";

    @Override
    public void start(BundleContext context) {
        context.registerService(Program.class, new Bad(), null);
        context.registerService(SyscallDescriptor.class, new SyscallDescriptor(CALL, 9002, Abi.NETBSD,
                List.of(Parameter.in("a", ParameterType.LONG)), ResultKind.DECIMAL, MisbehavingGuests::call), null);
        context.registerService(TraceListener.class, event -> Mischief.now(how()), null);
        CurrentKernel current = context.getService(context.getServiceReference(CurrentKernel.class));
        context.registerService(Command.class, new Mischievous(current), null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the services back.
    }

    private static String how() {
        return System.getProperty(Fault.PROPERTY);
    }

    private static int call(SyscallFrame frame) {
        Mischief.now(how());
        frame.result(frame.arg(0));
        return 0;
    }

    /** {@code itest-bad main|thread|handler HOW}. */
    static final class Bad implements Program {
        private static final int SIGUSR1 = 30;

        @Override
        public String name() {
            return PROGRAM;
        }

        @Override
        public String description() {
            return "does not come back";
        }

        @Override
        public int main(User user, String[] args) {
            user.compute(10_000);
            switch (args[0]) {
                case "thread" -> {
                    user.pthread().threads().create(user, (own, argument) -> Mischief.now(args[1]), 0);
                    user.sleepUntil(Long.MAX_VALUE / 2);
                }
                case "handler" -> {
                    user.sigaction(SIGUSR1, (own, signal, info, context) -> Mischief.now(args[1]), 0, 0);
                    user.raise(SIGUSR1);
                }
                default -> Mischief.now(args[1]);
            }
            return 0;
        }
    }

    /** {@code mischief here|kernel HOW}. */
    static final class Mischievous extends Command {
        private final CurrentKernel current;

        Mischievous(CurrentKernel current) {
            super("kernel", COMMAND, "does not come back");
            this.current = current;
            takes("WHERE HOW", 2, 2, Candidates.NONE);
            example(COMMAND + " here loop");
        }

        @Override
        public Object run(Invocation in) {
            if (in.text(0).equals("kernel")) {
                current.kernel().ask(engine -> {
                    Mischief.now(in.text(1));
                    return null;
                });
            } else {
                Mischief.now(in.text(1));
            }
            return null;
        }
    }
}
