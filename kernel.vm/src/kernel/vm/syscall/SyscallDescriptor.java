// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import java.util.List;
import java.util.Objects;

/**
 * One system call: everything that the table, the shell and the trace need to know about it.
 *
 * @param name as users write it, such as {@code mmap} or {@code _lwp_park}
 * @param number the original's number in {@code abi}
 * @param abi whose number it is
 * @param parameters in the order of the call; at most {@link SyscallFrame#MAX_ARGUMENTS}
 * @param result how its value is shown
 * @param handler its kernel side
 */
public record SyscallDescriptor(
        String name, int number, Abi abi, List<Parameter> parameters, ResultKind result, SyscallHandler handler) {
    /**
     * Keeps a copy of the parameters.
     *
     * @throws IllegalArgumentException when there are too many of them; NullPointerException for what is missing
     */
    public SyscallDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(abi, "abi");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(handler, "handler");
        parameters = List.copyOf(parameters);
        if (parameters.size() > SyscallFrame.MAX_ARGUMENTS) {
            throw new IllegalArgumentException(
                    "system call " + name + " has more than " + SyscallFrame.MAX_ARGUMENTS + " parameters");
        }
    }

    /** The index of a parameter by name, or -1. */
    public int indexOf(String parameterName) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(parameterName)) {
                return i;
            }
        }
        return -1;
    }
}
