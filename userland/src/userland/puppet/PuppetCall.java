// SPDX-License-Identifier: BSD-2-Clause
package userland.puppet;

import kernel.vm.syscall.SyscallDescriptor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One thing a puppet LWP was told to do. Engine thread only, or inside {@code Kernel.ask}.
 *
 * <p>What the puppet sees is fixed when the call ends; until then only {@link #state} changes.
 */
@ProviderType
public interface PuppetCall {
    /** How far it is. */
    enum State {
        /** Not finished, and its LWP runs or could run. */
        RUNNING,
        /** Its LWP sleeps or is stopped or suspended in it. */
        ASLEEP,
        /** Done: the results are there. */
        FINISHED,
        /** Its LWP ended without returning from it. */
        EXITED
    }

    /** How far it is now. */
    State state();

    /** Process of the LWP. */
    int pid();

    /** Id of the LWP. */
    int lid();

    /** The call, or null for a {@code peek} or {@code poke}. */
    SyscallDescriptor descriptor();

    /** Why its LWP sleeps, for example {@code parked}; null when it does not. */
    String waitMessage();

    /** An argument as the kernel got it; for data its address, 0 until it was placed. */
    long argument(int index);

    /** Result of a call that succeeded. */
    long value();

    /** 0 or the error number. */
    int errno();

    /** Memory of a {@link PuppetArgument.Data} or {@link PuppetArgument.Out} after the call; null for others. */
    byte[] memory(int index);

    /** The bytes that a peek found. */
    byte[] bytes();

    /** Signal that a peek or poke would have raised in user code, 0 when it went well. */
    int faultSignal();

    /** Address at which it would have been raised. */
    long faultAddress();
}
