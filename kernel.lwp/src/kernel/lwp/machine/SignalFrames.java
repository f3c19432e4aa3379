// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The layout of a machine's signal frame and how a handler is entered: {@code struct sigframe_siginfo} and
 * {@code sendsig_siginfo} of a port.
 *
 * <p>A frame holds a {@code siginfo_t} ({@link SiginfoWords}), the {@code ucontext_t} of the machine's
 * {@link UserContextCodec} and whatever words the port adds. The kernel encodes the first two and writes the frame to
 * the user stack; the machine says where they are and adds the rest. A machine that overrides nothing gets
 * {@link PlainSignalFrames}.
 *
 * <p>Stateless. Called on the engine thread, from the context of the LWP that takes the signal, with nothing locked;
 * never blocks and never throws for any register content.
 */
@ConsumerType
public interface SignalFrames {
    /** Size of a frame in bytes, between the lowest word that the port adds and the end of the ucontext_t. */
    int size();

    /** Offset of the siginfo_t in the frame. */
    int infoOffset();

    /** Offset of the ucontext_t in the frame; it has {@link UserContextCodec#size()} bytes. */
    int contextOffset();

    /**
     * Bytes below the stack pointer that the interrupted function may be using (the red zone).
     *
     * <p>The kernel leaves them alone when the handler runs on the stack that was interrupted.
     */
    default int redZoneBytes() {
        return 0;
    }

    /**
     * Where a frame goes.
     *
     * @param top end of the usable stack: the interrupted stack pointer less the red zone, or the end of the
     *     alternate stack
     * @return its address, aligned as the port wants the stack pointer of a handler; at most {@code top - size()}
     */
    long place(long top);

    /**
     * Encodes the words that are neither in the siginfo_t nor in the ucontext_t, such as a return address.
     *
     * @param bytes the frame, {@link #size()} bytes, zero but for what the kernel encoded
     */
    default void link(SignalFrame frame, byte[] bytes) {
    }

    /**
     * Sets the registers with which the handler starts.
     *
     * <p>Program counter, stack pointer (the frame), the three arguments (signal, siginfo_t, ucontext_t; their values
     * even where the convention passes them on the stack), the return address where a register holds it, and the
     * status register without the bits that a handler must not inherit (PSL_CLEARSIG). The thread pointer stays.
     *
     * @param registers those of the interrupted code on entry; already saved in the frame
     */
    void enter(SignalFrame frame, UserRegisters registers);
}
