// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One event of a traced process.
 *
 * @param kind what happened
 * @param pid the process
 * @param lid the LWP that was created or exits; it reports itself
 * @param nanos when, in virtual nanoseconds
 */
@ProviderType
public record TraceEvent(Kind kind, int pid, int lid, long nanos) {
    /** What happened: the sub-event of TRAP_LWP. */
    public enum Kind {
        /** PTRACE_LWP_CREATE: the new LWP runs for the first time. */
        LWP_CREATE,
        /** PTRACE_LWP_EXIT: the LWP is about to exit. */
        LWP_EXIT
    }
}
