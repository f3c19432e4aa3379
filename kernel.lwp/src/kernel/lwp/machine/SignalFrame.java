// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One signal frame that is about to be written to a user stack.
 *
 * @param address where it starts, as {@link SignalFrames#place} chose it
 * @param signo the signal
 * @param handler address of the handler
 * @param returnTo address that the handler returns to, the trampoline given to {@code __sigaction_sigtramp}
 * @param infoAddress where its {@code siginfo_t} is
 * @param contextAddress where its {@code ucontext_t} is
 */
@ProviderType
public record SignalFrame(long address, int signo, long handler, long returnTo, long infoAddress,
        long contextAddress) {
}
