// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

/**
 * Leaves the user code of an LWP for the place where its registers say that it goes on.
 *
 * <p>Thrown by setcontext through user code, up to the frame of the kernel in which that code was interrupted or
 * started. An Error, so that user code that catches exceptions does not catch it.
 */
final class Resumption extends Error {
    private static final long serialVersionUID = 1;

    Resumption() {
        super(null, null, false, false);
    }
}
