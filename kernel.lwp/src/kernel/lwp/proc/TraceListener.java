// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told what happens to the LWPs of traced processes; what a debugger would learn by SIGTRAP with code TRAP_LWP.
 *
 * <p>A bundle registers it as a service; every kernel, also one booted later, then reports to an object of it. Use
 * prototype scope to tell kernels apart.
 */
@ConsumerType
public interface TraceListener {
    /**
     * Something happened.
     *
     * <p>Called on the engine thread by the LWP that the event is about, with nothing locked. It only reads, and must
     * not block, throw, or post to the kernel and wait.
     */
    void traced(TraceEvent event);
}
