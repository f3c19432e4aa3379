// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.IdentityHashMap;
import java.util.Map;
import userland.program.SignalHandler;
import userland.program.UserFunction;

/** Signal handlers as functions of a text segment, and the trampoline they return to. Engine thread only. */
final class HandlerTable {
    private static final int EXIT_FAILED = -1;

    private final TextSegment text;
    private final Map<SignalHandler, UserFunction> functions = new IdentityHashMap<>();
    /** {@code __sigtramp_siginfo_2}: restores the context, and gives up if the kernel refuses it. */
    private final UserFunction trampoline = (user, context) -> {
        user.setcontext(context);
        user.exitNow(EXIT_FAILED);
    };

    HandlerTable(TextSegment text) {
        this.text = text;
    }

    long address(SignalHandler handler) {
        return text.address(functions.computeIfAbsent(handler, HandlerTable::function));
    }

    long trampolineAddress() {
        return text.address(trampoline);
    }

    /** Takes the arguments from the registers, where the kernel has put them on every machine. */
    private static UserFunction function(SignalHandler handler) {
        return (user, signal) -> {
            var registers = ((LwpUser) user).lwp().registers();
            handler.handle(user, (int) signal, registers.secondArgument, registers.thirdArgument);
        };
    }
}
