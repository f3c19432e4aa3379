// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ProviderType;

/** Why a walk gave no translation. Constants, because walkers run on the hot path. */
@ProviderType
public final class FaultKind {

    /** No fault. */
    public static final int NONE = 0;
    /** Some descriptor is invalid or not present. */
    public static final int TRANSLATION = 1;
    /** The descriptors do not grant the access. */
    public static final int PERMISSION = 2;
    /** ARM access flag is clear and the hardware does not set it. */
    public static final int ACCESS_FLAG = 3;
    /** A reserved bit is set. */
    public static final int RESERVED = 4;
    /** The address is none the machine can translate. */
    public static final int NON_CANONICAL = 5;

    private FaultKind() {
    }

    /** The name of a kind, for messages. */
    public static String name(int kind) {
        return switch (kind) {
            case NONE -> "none";
            case TRANSLATION -> "translation";
            case PERMISSION -> "permission";
            case ACCESS_FLAG -> "access flag";
            case RESERVED -> "reserved bit";
            case NON_CANONICAL -> "non-canonical address";
            default -> "kind " + kind;
        };
    }
}
