// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Direction;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ResultKind;
import shell.command.argument.Argument;
import userland.puppet.PuppetCall;

/** Makes the result of {@code sys} from what a puppet's call came to; on the engine thread. */
final class Outcome {
    private final Map<String, Object> out = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();

    private Outcome() {
    }

    static SysResult of(Kernel kernel, PuppetCall call, List<Argument> arguments) {
        Outcome outcome = new Outcome();
        boolean returned = call.state() == PuppetCall.State.FINISHED;
        if (returned) {
            outcome.collect(kernel, call, arguments);
        }
        boolean failed = returned && call.errno() != 0;
        return new SysResult(call.pid() + "." + call.lid(), call.descriptor().name(),
                arguments.stream().map(Argument::shown).toList(), returned, returned && !failed ? call.value() : -1,
                failed ? Errno.name(call.errno()) : "", outcome.out, outcome.shown,
                call.descriptor().result() == ResultKind.HEX, returned ? "" : state(kernel, call));
    }

    private void collect(Kernel kernel, PuppetCall call, List<Argument> arguments) {
        OutValues values = new OutValues(kernel.processes().wordBits());
        for (int i = 0; i < arguments.size(); i++) {
            Parameter parameter = arguments.get(i).parameter();
            byte[] memory = parameter.direction() == Direction.IN ? null : call.memory(i);
            if (memory != null && memory.length > 0) {
                Object value = values.value(call.descriptor(), i, memory, call.value());
                out.put(parameter.name(), value);
                if (arguments.get(i) instanceof Argument.Out) {
                    shown.put(parameter.name(), OutValues.shown(parameter, value));
                }
            }
        }
    }

    private static String state(Kernel kernel, PuppetCall call) {
        Proc process = kernel.processes().table().find(call.pid());
        Lwp lwp = process == null ? null : process.anyLwp(call.lid());
        return call.state() == PuppetCall.State.EXITED || lwp == null ? "exited" : States.withReason(lwp);
    }
}
