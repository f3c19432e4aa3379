// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

/**
 * A command that failed, in words for the user: what was wrong, and what to do next.
 *
 * <p>Its text is the whole story: shells print {@link #toString()}, so it has neither a class name nor a
 * stack trace.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
