// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

/** Reads the arguments of the built-in programs. */
final class Arguments {
    private Arguments() {
    }

    /** A positive number at a position, or a default when there are fewer arguments. */
    static int positive(String[] args, int index, int fallback, String what) {
        if (index >= args.length) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(args[index]);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below.
        }
        throw new IllegalArgumentException("the number of " + what + " must be a positive number, not '"
                + args[index] + "'");
    }
}
