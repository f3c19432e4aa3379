// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

/** A statement of a script failed; the message names the file, the line and the reason. */
final class ScriptFailure extends Exception {
    private static final long serialVersionUID = 1;

    ScriptFailure(String message) {
        super(message);
    }
}
