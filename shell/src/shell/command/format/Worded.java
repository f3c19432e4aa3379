// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

/** A result that knows its own wording, where neither a table nor a list of values would do. */
public interface Worded {
    /** What the user reads: one or more lines, without a newline at the end. */
    String text();

    /** What becomes JSON in its place. */
    default Object data() {
        return this;
    }
}
