// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.amd64;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;
import machine.x86.context.StatusFlags;

/**
 * The ucontext_t of NetBSD/amd64: 784 bytes.
 *
 * <p>Validation is cpu_mcontext_validate of sys/arch/amd64/amd64/machdep.c (2018), starting a function is
 * _lwp_makecontext of libc. The return address is on the stack, so a context does not hold it.
 */
final class Amd64Contexts implements UserContextCodec {
    /** VM_MAXUSER_ADDRESS of NetBSD/amd64, which is below FreeBSD's: code must be under it. */
    static final long MAX_USER_ADDRESS = 0x7f80_0000_0000L;

    private static final int KNOWN_FLAGS = UserContext.UC_SIGMASK | UserContext.UC_STACK | UserContext.UC_CPU
            | UserContext.UC_FPU | UserContext.UC_TLSBASE;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public int size() {
        return ContextLayout.SIZE;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        if (StatusFlags.changesStatic(get(ucontext, ContextLayout.RFLAGS), current.status)
                || !Selectors.isNullOrUserData(get(ucontext, ContextLayout.ES))
                || !Selectors.isNullOrUserData(get(ucontext, ContextLayout.FS))
                || !Selectors.isNullOrUserData(get(ucontext, ContextLayout.GS))
                || !Selectors.isUserData(get(ucontext, ContextLayout.DS))
                || !Selectors.isUserData(get(ucontext, ContextLayout.SS))
                || !Selectors.isUserCode(get(ucontext, ContextLayout.CS))
                || Long.compareUnsigned(get(ucontext, ContextLayout.RIP), MAX_USER_ADDRESS) >= 0) {
            return Errno.EINVAL;
        }
        return 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        into.flags = (int) INT.get(ucontext, ContextLayout.FLAGS) & KNOWN_FLAGS;
        into.link = get(ucontext, ContextLayout.LINK);
        into.signalMaskLow = get(ucontext, ContextLayout.SIGNAL_MASK);
        into.signalMaskHigh = get(ucontext, ContextLayout.SIGNAL_MASK + 8);
        into.stackBase = get(ucontext, ContextLayout.STACK_BASE);
        into.stackBytes = get(ucontext, ContextLayout.STACK_SIZE);
        into.stackFlags = (int) INT.get(ucontext, ContextLayout.STACK_FLAGS);
        UserRegisters registers = into.registers();
        registers.pc = get(ucontext, ContextLayout.RIP);
        registers.sp = get(ucontext, ContextLayout.RSP);
        registers.argument = get(ucontext, ContextLayout.RDI);
        registers.framePointer = get(ucontext, ContextLayout.RBP);
        registers.result = get(ucontext, ContextLayout.RAX);
        registers.returnAddress = 0;
        registers.tls = get(ucontext, ContextLayout.TLS_BASE);
        registers.status = get(ucontext, ContextLayout.RFLAGS);
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        Arrays.fill(ucontext, (byte) 0);
        INT.set(ucontext, ContextLayout.FLAGS, from.flags);
        put(ucontext, ContextLayout.LINK, from.link);
        put(ucontext, ContextLayout.SIGNAL_MASK, from.signalMaskLow);
        put(ucontext, ContextLayout.SIGNAL_MASK + 8, from.signalMaskHigh);
        put(ucontext, ContextLayout.STACK_BASE, from.stackBase);
        put(ucontext, ContextLayout.STACK_SIZE, from.stackBytes);
        INT.set(ucontext, ContextLayout.STACK_FLAGS, from.stackFlags);
        UserRegisters registers = from.registers();
        put(ucontext, ContextLayout.RIP, registers.pc);
        put(ucontext, ContextLayout.RSP, registers.sp);
        put(ucontext, ContextLayout.RDI, registers.argument);
        put(ucontext, ContextLayout.RBP, registers.framePointer);
        put(ucontext, ContextLayout.RAX, registers.result);
        put(ucontext, ContextLayout.RFLAGS, registers.status);
        put(ucontext, ContextLayout.CS, Selectors.CODE);
        put(ucontext, ContextLayout.SS, Selectors.DATA);
        put(ucontext, ContextLayout.DS, Selectors.DATA);
        put(ucontext, ContextLayout.ES, Selectors.DATA);
        put(ucontext, ContextLayout.TLS_BASE, registers.tls);
    }

    @Override
    public long initialStatus() {
        return StatusFlags.USER_START;
    }

    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        into.flags |= UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE;
        into.link = 0;
        into.stackBase = stackBase;
        into.stackBytes = stackBytes;
        UserRegisters registers = into.registers();
        registers.pc = start;
        registers.sp = (stackBase + stackBytes & -16) - 8;
        registers.argument = argument;
        registers.returnAddress = returnTo;
        registers.tls = tls;
        registers.status = initialStatus();
    }

    /** cpu_lwp_setprivate: the base must be a user address. */
    @Override
    public int checkPrivate(long value) {
        return Long.compareUnsigned(value, MAX_USER_ADDRESS) >= 0 ? Errno.EINVAL : 0;
    }

    private static long get(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    private static void put(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}
