// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.UserRegisters;

/**
 * A place where a handler interrupted an LWP.
 *
 * <p>What the frame in user memory says rules, with two exceptions: registers that the machine's context has no room
 * for, and a frame that was made before the machine was swapped.
 */
final class Interruption {
    private final UserRegisters registers = new UserRegisters();
    private final SignalFrame frame;
    private final int contextBytes;
    private final long mask;
    private final long framePc;
    private final boolean onStack;
    private final byte[] fpu;
    private final FpuFormat fpuFormat;

    /**
     * Notes where an LWP is.
     *
     * @param contextBytes size of the ucontext_t in the frame, which tells the layouts of machines apart
     * @param mask the mask it returns to
     * @param framePc the program counter in the frame: before the call instruction if the call is made again
     */
    Interruption(Lwp l, SignalFrame frame, int contextBytes, long mask, long framePc) {
        this.framePc = framePc;
        this.registers.set(l.registers());
        this.frame = frame;
        this.contextBytes = contextBytes;
        this.mask = mask;
        this.onStack = l.signals().stack.active();
        this.fpu = l.fpu == null ? null : l.fpu.clone();
        this.fpuFormat = l.proc().processes().fpu().format();
    }

    SignalFrame frame() {
        return frame;
    }

    int contextBytes() {
        return contextBytes;
    }

    /** The registers as they were. */
    UserRegisters registers() {
        return registers;
    }

    /** The floating-point state as it was, or null if there was none yet. */
    byte[] fpu() {
        return fpu;
    }

    /** The layout of {@link #fpu()}. */
    FpuFormat fpuFormat() {
        return fpuFormat;
    }

    /** The mask that the interrupted code had. */
    long mask() {
        return mask;
    }

    /** Whether the interrupted code ran on the alternate stack. */
    boolean onStack() {
        return onStack;
    }

    /** Whether a context goes on here. */
    boolean isAt(UserRegisters context) {
        return framePc == context.pc && registers.sp == context.sp;
    }
}
