// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UcontextWords;

/** The ECALL instruction in a convention of this example's own: number in a7, six arguments in a0 to a5, error flag in t0. */
final class RiscvTraps implements TrapAbi {
    private static final int ERROR = RiscvContexts.register(5);
    private static final int FIRST = RiscvContexts.register(10);
    private static final int SECOND = RiscvContexts.register(11);
    private static final int NUMBER = RiscvContexts.register(17);
    private static final int PC = RiscvContexts.register(0);
    private static final int ARGUMENTS = 6;
    private static final int INSTRUCTION_BYTES = 4;

    private final UcontextWords words = new UcontextWords(Long.BYTES);

    @Override
    public void enter(byte[] ucontext, int number, long[] arguments) {
        words.put(ucontext, NUMBER, number);
        for (int i = 0; i < Math.min(arguments.length, ARGUMENTS); i++) {
            words.put(ucontext, FIRST + i * Long.BYTES, arguments[i]);
        }
    }

    @Override
    public int stackOffset(int argument) {
        return argument < ARGUMENTS ? -1 : (argument - ARGUMENTS) * Long.BYTES;
    }

    @Override
    public void succeed(byte[] ucontext, long value, long second) {
        words.put(ucontext, FIRST, value);
        words.put(ucontext, SECOND, second);
        words.put(ucontext, ERROR, 0);
    }

    @Override
    public void fail(byte[] ucontext, int errno) {
        words.put(ucontext, FIRST, errno);
        words.put(ucontext, ERROR, 1);
    }

    @Override
    public void restart(byte[] ucontext) {
        words.put(ucontext, PC, words.get(ucontext, PC) - INSTRUCTION_BYTES);
    }
}
