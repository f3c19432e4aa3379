// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a machine's registers carry a system call: number, arguments, results, error flag and restart.
 *
 * <p>It works on the registers in a {@code ucontext_t}, because programs here are not machine code: the kernel shows them
 * where they can be seen, in the frame of a signal that is taken on the way out of a call. Stateless. Called on the engine
 * thread; never blocks and never throws.
 */
@ConsumerType
public interface TrapAbi {
    /**
     * Sets the registers as the call instruction leaves them: number, arguments, and what the instruction destroys.
     *
     * @param ucontext whose program counter is behind the instruction
     * @param arguments those beyond the argument registers are on the stack, see {@link #stackOffset}
     */
    void enter(byte[] ucontext, int number, long[] arguments);

    /** Where an argument is above the stack pointer of the caller, in bytes; -1 if it is in a register. */
    int stackOffset(int argument);

    /** Sets the results and clears the error flag. */
    void succeed(byte[] ucontext, long value, long second);

    /** Sets the error number as result, and the error flag. */
    void fail(byte[] ucontext, int errno);

    /** Moves the program counter back to the call instruction (ERESTART); no other register changes. */
    void restart(byte[] ucontext);
}
