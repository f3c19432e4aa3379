// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UcontextWords;
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

    private final UcontextWords words = new UcontextWords(Long.BYTES);
    private final FpuFormat fpu = new Fxsave(LongModeLayout.FPU, 16);
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
    public FpuFormat fpu() {
        return fpu;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        if (StatusFlags.changesStatic(words.get(ucontext, LongModeLayout.RFLAGS), current.status)
                || !Selectors.isNullOrUserData(words.get(ucontext, LongModeLayout.ES))
                || !Selectors.isNullOrUserData(words.get(ucontext, LongModeLayout.FS))
                || !Selectors.isNullOrUserData(words.get(ucontext, LongModeLayout.GS))
                || !Selectors.isUserData(words.get(ucontext, LongModeLayout.DS))
                || !Selectors.isUserData(words.get(ucontext, LongModeLayout.SS))
                || !Selectors.isUserCode(words.get(ucontext, LongModeLayout.CS))
                || Long.compareUnsigned(words.get(ucontext, LongModeLayout.RIP), maxUserAddress) >= 0) {
            return Errno.EINVAL;
        }
        return 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        words.loadHead(ucontext, into);
        UserRegisters registers = into.registers();
        registers.pc = words.get(ucontext, LongModeLayout.RIP);
        registers.sp = words.get(ucontext, LongModeLayout.RSP);
        registers.argument = words.get(ucontext, LongModeLayout.RDI);
        registers.secondArgument = words.get(ucontext, LongModeLayout.RSI);
        registers.thirdArgument = words.get(ucontext, LongModeLayout.RDX);
        registers.framePointer = words.get(ucontext, LongModeLayout.RBP);
        registers.result = words.get(ucontext, LongModeLayout.RAX);
        registers.returnAddress = 0;
        registers.tls = words.get(ucontext, LongModeLayout.TLS_BASE);
        registers.status = words.get(ucontext, LongModeLayout.RFLAGS);
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        words.storeHead(from, ucontext);
        UserRegisters registers = from.registers();
        words.put(ucontext, LongModeLayout.RIP, registers.pc);
        words.put(ucontext, LongModeLayout.RSP, registers.sp);
        words.put(ucontext, LongModeLayout.RDI, registers.argument);
        words.put(ucontext, LongModeLayout.RSI, registers.secondArgument);
        words.put(ucontext, LongModeLayout.RDX, registers.thirdArgument);
        words.put(ucontext, LongModeLayout.RBP, registers.framePointer);
        words.put(ucontext, LongModeLayout.RAX, registers.result);
        words.put(ucontext, LongModeLayout.RFLAGS, registers.status);
        words.put(ucontext, LongModeLayout.CS, Selectors.CODE);
        words.put(ucontext, LongModeLayout.SS, Selectors.DATA);
        words.put(ucontext, LongModeLayout.DS, Selectors.DATA);
        words.put(ucontext, LongModeLayout.ES, Selectors.DATA);
        words.put(ucontext, LongModeLayout.TLS_BASE, registers.tls);
    }

    @Override
    public long mergeStatus(long current, long wanted) {
        return StatusFlags.merged(current, wanted);
    }

    @Override
    public long initialStatus() {
        return StatusFlags.USER_START;
    }

    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        into.startAt(start, argument, tls, stackBase, stackBytes, returnTo);
        into.registers().sp = (stackBase + stackBytes & -16) - 8;
        into.registers().status = initialStatus();
    }

    /** cpu_lwp_setprivate: the base must be a user address. */
    @Override
    public int checkPrivate(long value) {
        return Long.compareUnsigned(value, maxUserAddress) >= 0 ? Errno.EINVAL : 0;
    }
}
