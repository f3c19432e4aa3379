// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.SyscallListener;
import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import shell.command.format.Formatter;

/** Prints the system calls of some processes as they return; changed and called on the engine thread only. */
final class CallTrace implements SyscallListener {
    private final Kernel kernel;
    private final Map<Integer, PrintStream> readers = new TreeMap<>();

    CallTrace(Kernel kernel) {
        this.kernel = kernel;
    }

    void start(int pid, PrintStream out) {
        readers.put(pid, out);
        kernel.trap().listener(this);
    }

    void stop(int pid) {
        readers.remove(pid);
        if (readers.isEmpty()) {
            kernel.trap().listener(null);
        }
    }

    List<Integer> pids() {
        return List.copyOf(readers.keySet());
    }

    @Override
    public void entered(Lwp lwp, SyscallDescriptor call) {
        // A call is shown when it is over, unless it ends its LWP.
        if (call.name().endsWith("exit")) {
            print(lwp, call, "");
        }
    }

    @Override
    public void left(Lwp lwp, SyscallDescriptor call, int error) {
        if (!readers.containsKey(lwp.pid())) {
            return;
        }
        if (error != 0) {
            print(lwp, call, " = -1 " + Errno.name(error));
        } else if (call.result() == ResultKind.HEX) {
            print(lwp, call, " = 0x" + Long.toHexString(lwp.frame().result()));
        } else {
            print(lwp, call, " = " + lwp.frame().result());
        }
    }

    private void print(Lwp lwp, SyscallDescriptor call, String outcome) {
        PrintStream out = readers.get(lwp.pid());
        if (out != null) {
            out.println(Formatter.duration(kernel.engine().nowNanos()) + " " + lwp.label() + " " + call.name()
                    + arguments(lwp, call) + outcome);
        }
    }

    private static String arguments(Lwp lwp, SyscallDescriptor call) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < call.parameters().size(); i++) {
            words.add(argument(call.parameters().get(i), lwp.frame().arg(i)));
        }
        return "(" + String.join(", ", words) + ")";
    }

    private static String argument(Parameter parameter, long value) {
        if (parameter.type().pointer()) {
            return value == 0 ? "NULL" : "0x" + Long.toHexString(value);
        }
        long word = parameter.type() == ParameterType.INT ? (int) value : value;
        return parameter.symbols() == null ? Long.toString(word) : parameter.symbols().text(word);
    }
}
