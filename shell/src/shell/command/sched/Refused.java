// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import kernel.sched.errno.Errno;

/** Says why the kernel refused something. */
final class Refused {
    private Refused() {
    }

    /** @throws IllegalArgumentException unless the errno is 0 */
    static void unless(int error, String what, String hint) {
        if (error != 0) {
            throw new IllegalArgumentException(what + ": " + Errno.name(error) + "; " + hint);
        }
    }
}
