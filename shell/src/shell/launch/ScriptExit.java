// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

/** A script said {@code exit}. */
final class ScriptExit extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    ScriptExit(int status) {
        super("exit " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}
