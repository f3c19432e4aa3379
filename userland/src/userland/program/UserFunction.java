// SPDX-License-Identifier: BSD-2-Clause
package userland.program;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code that an LWP executes in user mode.
 *
 * <p>A function gets an address in the text segment of its process by {@link User#functionAddress};
 * an LWP whose program counter is that address executes it. When it returns, the LWP exits.
 */
@ConsumerType
@FunctionalInterface
public interface UserFunction {
    /**
     * Executes on the calling LWP, which is the one {@code user} belongs to.
     *
     * @param argument the argument register of the context the LWP was made from
     */
    void call(User user, long argument);
}
