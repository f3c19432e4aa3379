// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The user register file of an LWP, by role.
 *
 * <p>Simulated programs are not machine code, so only the registers whose role every machine knows are kept.
 * A machine's {@link UserContextCodec} maps them to its register numbers. A machine swap keeps the roles and
 * replaces {@link #status} by the new machine's minimal value. Owned by its LWP; changed only by that LWP, by
 * its creator before it starts, or at a safe point.
 */
@ProviderType
public final class UserRegisters {
    /** Program counter. */
    public long pc;

    /** Stack pointer. */
    public long sp;

    /** First argument register; where the calling convention passes it on the stack, its value. */
    public long argument;

    /** Second argument register, likewise; of a signal handler the address of its siginfo_t. */
    public long secondArgument;

    /** Third argument register, likewise; of a signal handler the address of its ucontext_t. */
    public long thirdArgument;

    /** Where the start function returns to. */
    public long returnAddress;

    /** Frame pointer. */
    public long framePointer;

    /** Integer return value. */
    public long result;

    /** Thread-local storage base. */
    public long tls;

    /** Flags register (RFLAGS, CPSR, SPSR) in this machine's encoding. */
    public long status;

    /** Copies every register from another file. */
    public void set(UserRegisters from) {
        pc = from.pc;
        sp = from.sp;
        argument = from.argument;
        secondArgument = from.secondArgument;
        thirdArgument = from.thirdArgument;
        returnAddress = from.returnAddress;
        framePointer = from.framePointer;
        result = from.result;
        tls = from.tls;
        status = from.status;
    }

    /**
     * Becomes the registers of a starting signal handler, but for the return address and the status register.
     *
     * <p>For {@link SignalFrames#enter}.
     */
    public void enterHandler(SignalFrame frame) {
        pc = frame.handler();
        sp = frame.address();
        argument = frame.signo();
        secondArgument = frame.infoAddress();
        thirdArgument = frame.contextAddress();
    }
}
