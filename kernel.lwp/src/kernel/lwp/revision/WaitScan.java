// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import kernel.lwp.proc.Lwp;
import org.osgi.annotation.versioning.ProviderType;

/** One turn of lwp_wait: what is looked for and what was found. Owned by the core, valid during the call. */
@ProviderType
public final class WaitScan {
    /** The LWP that waits. */
    public Lwp waiter;

    /** The id it waits for, 0 for any undetached LWP. */
    public int lid;

    /** The process is exiting and collects everybody. */
    public boolean exiting;

    /** Out: the zombie to collect. */
    public Lwp found;
}
