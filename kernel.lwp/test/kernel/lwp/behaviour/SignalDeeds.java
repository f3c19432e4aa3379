// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import kernel.lwp.fixture.Handler;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.SignalWaits;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;

/** Handlers, masks and signal stacks. */
final class SignalDeeds {
    private static final int STACK_T = 512;

    private final Stage stage;

    SignalDeeds(Stage stage) {
        this.stage = stage;
    }

    Map<String, Deed> all() {
        return Map.of(
                "stack", (user, arguments) -> user.useStack(),
                "signal_stack", (user, arguments) -> signalStack(user, Long.decode(arguments.get(0))),
                "handle", this::handle,
                "ignore", (user, arguments) ->
                        assertEquals(0, user.sigaction(signal(arguments), SignalAction.SIG_IGN, 0, 0)),
                "block", (user, arguments) -> user.mask(SignalWaits.SIG_BLOCK, Signal.bit(signal(arguments))),
                "unblock", (user, arguments) -> user.mask(SignalWaits.SIG_UNBLOCK, Signal.bit(signal(arguments))));
    }

    /** Has the process note a signal with the LWP that takes it: {@code handle(SIGUSR1, SA_RESTART)}. */
    private void handle(User user, List<String> arguments) {
        Handler handler = (in, signo, info, context) -> stage.actors().values().stream()
                .filter(a -> a.known() && a.lwp() == in.lwp()).forEach(a -> a.handled(Signal.name(signo)));
        int flags = arguments.contains("SA_RESTART") ? SignalAction.SA_RESTART : 0;
        assertEquals(0, user.handle(signal(arguments), handler, flags, 0));
    }

    /** Sets the alternate signal stack. */
    private static void signalStack(User user, long bytes) {
        long at = user.scratch() + STACK_T;
        user.storeLong(at, user.map(bytes));
        user.storeLong(at + Long.BYTES, bytes);
        user.storeLong(at + 2 * Long.BYTES, 0);
        assertEquals(0, user.call("__sigaltstack14", at, 0));
    }

    private static int signal(List<String> arguments) {
        int signo = 1;
        while (!Signal.name(signo).equals(arguments.get(0))) {
            signo++;
        }
        return signo;
    }
}
