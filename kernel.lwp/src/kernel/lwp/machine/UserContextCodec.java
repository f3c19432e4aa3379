// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The {@code ucontext_t} layout of a machine and what it accepts.
 *
 * <p>Stateless. Called on the engine thread, from the context of an LWP or at a safe point; never blocks and
 * never throws for any content of the bytes. All arrays are exactly {@link #size()} bytes long.
 */
@ConsumerType
public interface UserContextCodec {
    /** Size of the machine's ucontext_t in bytes (e_ucsize); what _lwp_create copies in. */
    int size();

    /**
     * Checks the register part as {@code cpu_mcontext_validate} does, in its order.
     *
     * @param ucontext bytes from user memory; the caller has seen UC_CPU in the flags
     * @param current registers of the calling LWP (its flags register takes part in the check on x86)
     * @return 0, or EINVAL
     */
    int validate(byte[] ucontext, UserRegisters current);

    /** The floating-point state and where it is in the ucontext_t, or null if the machine has none here. */
    default FpuFormat fpu() {
        return null;
    }

    /**
     * Decodes every field but the floating-point area, whether or not its flag says that it is valid.
     */
    void load(byte[] ucontext, UserContext into);

    /**
     * Encodes every field but the floating-point area; selectors and other fields without a role get their user-mode
     * values.
     */
    void store(UserContext from, byte[] ucontext);

    /**
     * The flags register after a context was taken over: bits that a context may not set stay as they are.
     *
     * @param current as the LWP has it
     * @param wanted as the context has it, which passed {@link #validate}
     */
    default long mergeStatus(long current, long wanted) {
        return wanted;
    }

    /** The minimal flags register of a user program on this machine (RFLAGS 0x202, SPSR 0, CPSR 0x10). */
    long initialStatus();

    /**
     * Makes a context that starts a function, as this port's {@code _lwp_makecontext}.
     *
     * <p>Fills pc, sp, argument, tls, status, the stack fields and the flags; stack words that the port pushes
     * (return address, stack argument) are not written, only the stack pointer says that they are there.
     *
     * @param start address of the function
     * @param argument its argument
     * @param tls thread-private pointer
     * @param stackBase lowest address of the stack
     * @param stackBytes its size
     * @param returnTo where the function returns to, normally the address of _lwp_exit
     */
    void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo);

    /**
     * Where a started function finds its argument: bytes above the stack pointer, or -1 if it is in a register.
     *
     * <p>Where it is 0 or more, the return address is at the stack pointer; both are words of 4 bytes.
     */
    default int stackArgumentOffset() {
        return -1;
    }

    /**
     * Checks a thread-private pointer as {@code cpu_lwp_setprivate} does.
     *
     * @return 0, or EINVAL
     */
    int checkPrivate(long value);
}
