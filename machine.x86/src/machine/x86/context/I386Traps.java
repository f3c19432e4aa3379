// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UcontextWords;

/**
 * INT 0x80 of NetBSD/i386 (sys/arch/i386/i386/syscall.c): number in EAX, all arguments on the stack, results in EAX and
 * EDX, errors with the carry flag.
 */
public final class I386Traps implements TrapAbi {
    private static final int INSTRUCTION_BYTES = 2;

    private final UcontextWords words = new UcontextWords(Integer.BYTES);

    @Override
    public void enter(byte[] ucontext, int number, long[] arguments) {
        words.put(ucontext, I386Layout.EAX, number);
    }

    /** Above the return address of the C function that makes the call. */
    @Override
    public int stackOffset(int argument) {
        return Integer.BYTES + argument * Integer.BYTES;
    }

    @Override
    public void succeed(byte[] ucontext, long value, long second) {
        words.put(ucontext, I386Layout.EAX, value);
        words.put(ucontext, I386Layout.EDX, second);
        StatusFlags.carry(words, ucontext, I386Layout.EFLAGS, false);
    }

    @Override
    public void fail(byte[] ucontext, int errno) {
        words.put(ucontext, I386Layout.EAX, errno);
        StatusFlags.carry(words, ucontext, I386Layout.EFLAGS, true);
    }

    @Override
    public void restart(byte[] ucontext) {
        words.put(ucontext, I386Layout.EIP, words.get(ucontext, I386Layout.EIP) - INSTRUCTION_BYTES);
    }
}
