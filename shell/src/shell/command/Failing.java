// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

/** A result that is shown like any other, and then makes the command fail. */
public interface Failing {
    /** What went wrong, for the user; empty if nothing did. */
    String failure();
}
