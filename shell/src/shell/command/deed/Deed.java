// SPDX-License-Identifier: BSD-2-Clause
package shell.command.deed;

import kernel.lwp.kernel.Kernel;

/**
 * Something that a command does to a kernel, in a form that is recorded and can be done again on another
 * kernel: that is how {@code back} goes back.
 *
 * @param <T> what it gives
 */
public interface Deed<T> {
    /** One line from which {@link Deeds} makes the same deed again. */
    String text();

    /** Does it; on the engine thread at a safe point. */
    T apply(Kernel kernel);

    /** Does it at the next safe point, on the record. */
    default T perform(Kernel kernel) {
        return kernel.act(text(), engine -> apply(kernel));
    }
}
