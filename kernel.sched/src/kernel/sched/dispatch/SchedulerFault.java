// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import org.osgi.annotation.versioning.ProviderType;

/** A scheduler threw, or gave an answer that breaks a rule; the message names variant, callback and rule. */
@ProviderType
public final class SchedulerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String variant;
    private final String callback;

    SchedulerFault(String variant, String callback, String problem, Throwable cause) {
        super("scheduler " + variant + " broke a rule in " + callback + ": " + problem, cause);
        this.variant = variant;
        this.callback = callback;
    }

    /** The variant that failed. */
    public String variant() {
        return variant;
    }

    /** The callback in which it failed. */
    public String callback() {
        return callback;
    }
}
