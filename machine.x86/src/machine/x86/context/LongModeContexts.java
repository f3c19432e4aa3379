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
 * The ucontext_t of NetBSD/amd64: 784 bytes.
 *
 * <p>Validation is cpu_mcontext_validate of sys/arch/amd64/amd64/machdep.c (2018), starting a function is
 * _lwp_makecontext of libc. The return address is on the stack, so a context does not hold it.
 */
public final class LongModeContexts implements UserContextCodec {
    /** VM_MAXUSER_ADDRESS of NetBSD/amd64, which is below FreeBSD's: code must be under it. */
    public static final long MAX_USER_ADDRESS = 0x7f80_0000_0000L;

    private static final int KNOWN_FLAGS = UserContext.UC_SIGMASK | UserContext.UC_STACK | UserContext.UC_CPU
            | UserContext.UC_FPU | UserContext.UC_TLSBASE;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final long maxUserAddress;

    /**
     * The codec of a machine.
     *
     * @param maxUserAddress what code addresses and thread pointers are below
     */
    public LongModeContexts(long maxUserAddress) {
        this.maxUserAddress = maxUserAddress;
    }

    @Override
    public int size() {
        return LongModeLayout.SIZE;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        if (StatusFlags.changesStatic(get(ucontext, LongModeLayout.RFLAGS), current.status)
                || !Selectors.isNullOrUserData(get(ucontext, LongModeLayout.ES))
                || !Selectors.isNullOrUserData(get(ucontext, LongModeLayout.FS))
                || !Selectors.isNullOrUserData(get(ucontext, LongModeLayout.GS))
                || !Selectors.isUserData(get(ucontext, LongModeLayout.DS))
                || !Selectors.isUserData(get(ucontext, LongModeLayout.SS))
                || !Selectors.isUserCode(get(ucontext, LongModeLayout.CS))
                || Long.compareUnsigned(get(ucontext, LongModeLayout.RIP), maxUserAddress) >= 0) {
            return Errno.EINVAL;
        }
        return 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        into.flags = (int) INT.get(ucontext, LongModeLayout.FLAGS) & KNOWN_FLAGS;
        into.link = get(ucontext, LongModeLayout.LINK);
        into.signalMaskLow = get(ucontext, LongModeLayout.SIGNAL_MASK);
        into.signalMaskHigh = get(ucontext, LongModeLayout.SIGNAL_MASK + 8);
        into.stackBase = get(ucontext, LongModeLayout.STACK_BASE);
        into.stackBytes = get(ucontext, LongModeLayout.STACK_SIZE);
        into.stackFlags = (int) INT.get(ucontext, LongModeLayout.STACK_FLAGS);
        UserRegisters registers = into.registers();
        registers.pc = get(ucontext, LongModeLayout.RIP);
        registers.sp = get(ucontext, LongModeLayout.RSP);
        registers.argument = get(ucontext, LongModeLayout.RDI);
        registers.framePointer = get(ucontext, LongModeLayout.RBP);
        registers.result = get(ucontext, LongModeLayout.RAX);
        registers.returnAddress = 0;
        registers.tls = get(ucontext, LongModeLayout.TLS_BASE);
        registers.status = get(ucontext, LongModeLayout.RFLAGS);
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        Arrays.fill(ucontext, (byte) 0);
        INT.set(ucontext, LongModeLayout.FLAGS, from.flags);
        put(ucontext, LongModeLayout.LINK, from.link);
        put(ucontext, LongModeLayout.SIGNAL_MASK, from.signalMaskLow);
        put(ucontext, LongModeLayout.SIGNAL_MASK + 8, from.signalMaskHigh);
        put(ucontext, LongModeLayout.STACK_BASE, from.stackBase);
        put(ucontext, LongModeLayout.STACK_SIZE, from.stackBytes);
        INT.set(ucontext, LongModeLayout.STACK_FLAGS, from.stackFlags);
        UserRegisters registers = from.registers();
        put(ucontext, LongModeLayout.RIP, registers.pc);
        put(ucontext, LongModeLayout.RSP, registers.sp);
        put(ucontext, LongModeLayout.RDI, registers.argument);
        put(ucontext, LongModeLayout.RBP, registers.framePointer);
        put(ucontext, LongModeLayout.RAX, registers.result);
        put(ucontext, LongModeLayout.RFLAGS, registers.status);
        put(ucontext, LongModeLayout.CS, Selectors.CODE);
        put(ucontext, LongModeLayout.SS, Selectors.DATA);
        put(ucontext, LongModeLayout.DS, Selectors.DATA);
        put(ucontext, LongModeLayout.ES, Selectors.DATA);
        put(ucontext, LongModeLayout.TLS_BASE, registers.tls);
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
        return Long.compareUnsigned(value, maxUserAddress) >= 0 ? Errno.EINVAL : 0;
    }

    private static long get(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    private static void put(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}
