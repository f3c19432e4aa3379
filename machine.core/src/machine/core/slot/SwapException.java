// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import org.osgi.annotation.versioning.ProviderType;

/** Why a swap cannot be done; the message is for the user and says what to do next where it can. */
@ProviderType
public final class SwapException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong */
    public SwapException(String reason) {
        super(reason);
    }

    /**
     * @param reason what is wrong
     * @param cause what it was found by
     */
    public SwapException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
