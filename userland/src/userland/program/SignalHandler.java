// SPDX-License-Identifier: BSD-2-Clause
package userland.program;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code that an LWP executes when it takes a signal.
 *
 * <p>It gets an address by {@link User#handlerAddress} and is installed with {@link User#sigaction}. The kernel writes
 * a signal frame to the user stack and enters it at the user boundary: after a system call, at a memory access, in
 * the middle of {@link User#compute}. When it returns, the trampoline calls {@code setcontext} with the context in the
 * frame: the mask it holds is restored, and if its program counter was changed, the LWP goes on at the function bound
 * there and never comes back to the interrupted one.
 */
@ConsumerType
@FunctionalInterface
public interface SignalHandler {
    /**
     * Handles one signal.
     *
     * @param user the LWP's C library for the time of the handler: with an errno of its own. Do not use the one of the
     *     interrupted function meanwhile
     * @param signal the signal
     * @param info address of its {@code siginfo_t}
     * @param context address of the {@code ucontext_t} that will be restored
     */
    void handle(User user, int signal, long info, long context);
}
