// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;

/**
 * The ucontext_t of NetBSD/i386: 776 bytes.
 *
 * <p>Validation is cpu_mcontext_validate of sys/arch/i386/i386/machdep.c: one test of the flags and of the privilege
 * of CS; a bad program counter is found by the trap that follows. Argument and return address of a started function
 * are on its stack, so a context does not hold them.
 */
public final class I386Contexts implements UserContextCodec {
    private static final int KNOWN_FLAGS = UserContext.UC_SIGMASK | UserContext.UC_STACK | UserContext.UC_CPU
            | UserContext.UC_FPU | UserContext.UC_TLSBASE;

    private static final int USER_CODE = 0x1b;
    private static final int USER_DATA = 0x23;
    private static final int USER_PRIVILEGE = 3;
    private static final long WORD = 0xffff_ffffL;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public int size() {
        return I386Layout.SIZE;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = StatusFlags.changesStatic(get(ucontext, I386Layout.EFLAGS), current.status)
                || (get(ucontext, I386Layout.CS) & USER_PRIVILEGE) != USER_PRIVILEGE;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        into.flags = (int) get(ucontext, I386Layout.FLAGS) & KNOWN_FLAGS;
        into.link = get(ucontext, I386Layout.LINK);
        into.signalMaskLow = (long) LONG.get(ucontext, I386Layout.SIGNAL_MASK);
        into.signalMaskHigh = (long) LONG.get(ucontext, I386Layout.SIGNAL_MASK + 8);
        into.stackBase = get(ucontext, I386Layout.STACK_BASE);
        into.stackBytes = get(ucontext, I386Layout.STACK_SIZE);
        into.stackFlags = (int) get(ucontext, I386Layout.STACK_FLAGS);
        UserRegisters registers = into.registers();
        registers.pc = get(ucontext, I386Layout.EIP);
        registers.sp = get(ucontext, I386Layout.USER_ESP);
        registers.argument = 0;
        registers.framePointer = get(ucontext, I386Layout.EBP);
        registers.result = get(ucontext, I386Layout.EAX);
        registers.returnAddress = 0;
        registers.tls = get(ucontext, I386Layout.TLS_BASE);
        registers.status = get(ucontext, I386Layout.EFLAGS);
    }

    /** {@inheritDoc} Both stack pointer slots get the stack pointer, as getcontext reports it. */
    @Override
    public void store(UserContext from, byte[] ucontext) {
        Arrays.fill(ucontext, (byte) 0);
        put(ucontext, I386Layout.FLAGS, from.flags);
        put(ucontext, I386Layout.LINK, from.link);
        LONG.set(ucontext, I386Layout.SIGNAL_MASK, from.signalMaskLow);
        LONG.set(ucontext, I386Layout.SIGNAL_MASK + 8, from.signalMaskHigh);
        put(ucontext, I386Layout.STACK_BASE, from.stackBase);
        put(ucontext, I386Layout.STACK_SIZE, from.stackBytes);
        put(ucontext, I386Layout.STACK_FLAGS, from.stackFlags);
        UserRegisters registers = from.registers();
        put(ucontext, I386Layout.EIP, registers.pc);
        put(ucontext, I386Layout.ESP, registers.sp);
        put(ucontext, I386Layout.USER_ESP, registers.sp);
        put(ucontext, I386Layout.EBP, registers.framePointer);
        put(ucontext, I386Layout.EAX, registers.result);
        put(ucontext, I386Layout.EFLAGS, registers.status);
        put(ucontext, I386Layout.CS, USER_CODE);
        put(ucontext, I386Layout.SS, USER_DATA);
        put(ucontext, I386Layout.DS, USER_DATA);
        put(ucontext, I386Layout.ES, USER_DATA);
        put(ucontext, I386Layout.FS, USER_DATA);
        put(ucontext, I386Layout.GS, USER_DATA);
        put(ucontext, I386Layout.TLS_BASE, registers.tls);
    }

    @Override
    public long initialStatus() {
        return StatusFlags.USER_START;
    }

    /** {@inheritDoc} The stack holds the return address, and above it, aligned to 16 bytes, the argument. */
    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        into.flags |= UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE;
        into.link = 0;
        into.stackBase = stackBase;
        into.stackBytes = stackBytes;
        UserRegisters registers = into.registers();
        registers.pc = start;
        registers.sp = (stackBase + stackBytes - 4 & -16) - 4 & WORD;
        registers.argument = argument;
        registers.returnAddress = returnTo;
        registers.tls = tls;
        registers.status = initialStatus();
    }

    @Override
    public int stackArgumentOffset() {
        return 4;
    }

    /** cpu_lwp_setprivate takes any value. */
    @Override
    public int checkPrivate(long value) {
        return 0;
    }

    private static long get(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset) & WORD;
    }

    private static void put(byte[] bytes, int offset, long value) {
        INT.set(bytes, offset, (int) value);
    }
}
