// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The floating-point state of an LWP on a machine: the bytes in which it is saved, in the machine's own layout.
 *
 * <p>The same bytes are the floating-point area of the {@code ucontext_t}. Stateless. Called on the engine thread; never
 * blocks, and never throws for any content. All images are exactly {@link #bytes()} long.
 */
@ConsumerType
public interface FpuFormat {
    /** Size of the state in bytes. */
    int bytes();

    /** Offset of the area in the machine's ucontext_t. */
    int contextOffset();

    /** How many registers there are for values; the control words are none. */
    int registers();

    /** Size of a register: 8 or 16. */
    int registerBytes();

    /** Offset of a register in the state. */
    int registerOffset(int register);

    /** Writes what a program starts with into an image of zeros. */
    void initial(byte[] image);

    /**
     * Whether the state is loaded at the first use after a switch, by a trap that costs {@code SOFT_FAULT}, and is in no
     * context of an LWP that never used it; otherwise every switch does it and every context has it.
     */
    default boolean lazy() {
        return false;
    }

    /** Takes the state out of a ucontext_t from user memory: bits that the registers do not have are dropped. */
    default void load(byte[] ucontext, byte[] image) {
        System.arraycopy(ucontext, contextOffset(), image, 0, bytes());
    }

    /** Puts a state into a ucontext_t. */
    default void store(byte[] image, byte[] ucontext) {
        System.arraycopy(image, 0, ucontext, contextOffset(), bytes());
    }

    /**
     * Whether {@link #load} understands the area, as {@code cpu_setmcontext} asks; only where UC_FPU is set.
     *
     * @return 0, or EINVAL
     */
    default int check(byte[] ucontext) {
        return 0;
    }

    /** Changes what a signal handler does not inherit. */
    default void enterHandler(byte[] image) {
    }
}
