// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A rule of the kernel was broken by kernel or variant code; the message names the rule.
 *
 * <p>Stops the kernel it happened in, and nothing else: the engine keeps the panic and reports it to
 * every later call. Never used for failures a program can cause; those are errno values.
 */
@ProviderType
public final class KernelPanic extends Error {

    private static final long serialVersionUID = 1L;

    /** @param rule the broken rule, as one sentence */
    public KernelPanic(String rule) {
        super(rule);
    }

    /**
     * @param rule the broken rule, as one sentence
     * @param cause what led to it
     */
    public KernelPanic(String rule, Throwable cause) {
        super(rule, cause);
    }
}
