// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

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
    private final boolean onStack;

    /**
     * Notes where an LWP is.
     *
     * @param contextBytes size of the ucontext_t in the frame, which tells the layouts of machines apart
     * @param mask the mask it returns to
     */
    Interruption(Lwp l, SignalFrame frame, int contextBytes, long mask) {
        this.registers.set(l.registers());
        this.frame = frame;
        this.contextBytes = contextBytes;
        this.mask = mask;
        this.onStack = l.signals().stack.active();
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
        return registers.pc == context.pc && registers.sp == context.sp;
    }
}
