// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.signal.Signal;

/** Words for signals. */
final class Signals {
    private Signals() {
    }

    /** Number and name: {@code 11 SIGSEGV}. */
    static String name(int signal) {
        return signal + " " + Signal.name(signal);
    }

    /** A set with bit n - 1 for signal n. */
    static String set(long bits) {
        List<String> names = new ArrayList<>();
        for (int signal = 1; signal <= Long.SIZE; signal++) {
            if ((bits & 1L << signal - 1) != 0) {
                names.add(Signal.name(signal));
            }
        }
        return String.join(" ", names);
    }
}
