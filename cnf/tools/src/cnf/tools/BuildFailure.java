// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

/** Ends a command; the message is for the user. */
final class BuildFailure extends RuntimeException {
    BuildFailure(String format, Object... args) {
        super(String.format(format, args));
    }
}
