// SPDX-License-Identifier: BSD-2-Clause
package userland.core.text;

/** A workload file that cannot be understood; the message names the file and the line. */
public final class InputError extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Message {@code file:line: problem}. */
    public InputError(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}
