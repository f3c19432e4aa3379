// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A decoded {@code ucontext_t} (sys/ucontext.h 1.24), the same on every machine.
 *
 * <p>{@link UserContextCodec} reads it from and writes it to the bytes of its machine. The flag constants here
 * are neutral: bits that ports number differently (SETSTACK, CLRSTACK, VFP) are translated by the codec.
 */
@ProviderType
public final class UserContext {
    /** {@link #signalMaskLow} and {@link #signalMaskHigh} are valid. */
    public static final int UC_SIGMASK = 0x1;

    /** The stack fields are valid. */
    public static final int UC_STACK = 0x2;

    /** The integer registers are valid. */
    public static final int UC_CPU = 0x4;

    /** The floating-point area is valid. */
    public static final int UC_FPU = 0x8;

    /** The context runs on the alternate signal stack (_UC_SETSTACK, whose number differs). */
    public static final int UC_SETSTACK = 0x10000;

    /** The context does not run on the alternate signal stack (_UC_CLRSTACK, whose number differs). */
    public static final int UC_CLRSTACK = 0x20000;

    /** {@link UserRegisters#tls} is valid. */
    public static final int UC_TLSBASE = 0x80000;

    /** Which parts are valid: UC_ bits. */
    public int flags;

    /** Address of the context that follows, uc_link. */
    public long link;

    /** Signals 1 to 64, bit signo - 1. */
    public long signalMaskLow;

    /** Signals 65 to 128. */
    public long signalMaskHigh;

    /** uc_stack.ss_sp. */
    public long stackBase;

    /** uc_stack.ss_size, in bytes. */
    public long stackBytes;

    /** uc_stack.ss_flags. */
    public int stackFlags;

    /** The floating-point state in the machine's {@link FpuFormat}, or null; set where UC_FPU is. */
    public byte[] fpu;

    private final UserRegisters registers = new UserRegisters();

    /** The register part. */
    public UserRegisters registers() {
        return registers;
    }

    /**
     * Becomes a context that starts a function, but for the stack pointer and the status register.
     *
     * <p>For {@link UserContextCodec#makeStart}, whose arguments these are.
     */
    public void startAt(long start, long argument, long tls, long base, long bytes, long returnTo) {
        flags |= UC_CPU | UC_STACK | UC_TLSBASE;
        link = 0;
        stackBase = base;
        stackBytes = bytes;
        registers.pc = start;
        registers.argument = argument;
        registers.tls = tls;
        registers.returnAddress = returnTo;
    }
}
