// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * The machine's register context with a guard around every call.
 *
 * <p>When the machine is evicted the call comes to nothing: a check is refused, and contexts stay as they are. The kernel
 * sees that it has another codec by then and begins again, as after a swap.
 */
@Guard
final class CodecPort extends MachineCode implements UserContextCodec {
    private final UserContextCodec codec;
    private final FpuFormat fpu;
    private final int size;
    private final long initialStatus;
    private final int stackArgumentOffset;

    CodecPort(UserContextCodec codec, SlotGuard guard, VariantHandle mine) {
        super(guard, mine);
        this.codec = codec;
        FpuFormat own = codec.fpu();
        fpu = own == null ? null : new FpuPort(own, guard, mine);
        size = codec.size();
        initialStatus = codec.initialStatus();
        stackArgumentOffset = codec.stackArgumentOffset();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        int outer = guard.enter();
        try {
            int error = codec.validate(ucontext, current);
            guard.exit(outer);
            return error;
        } catch (Throwable e) {
            threw("validate", outer, e);
            return Errno.EINVAL;
        }
    }

    @Override
    public FpuFormat fpu() {
        return fpu;
    }

    @Override
    public long mergeStatus(long current, long wanted) {
        int outer = guard.enter();
        try {
            long status = codec.mergeStatus(current, wanted);
            guard.exit(outer);
            return status;
        } catch (Throwable e) {
            threw("mergeStatus", outer, e);
            return current;
        }
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        int outer = guard.enter();
        try {
            codec.load(ucontext, into);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("load", outer, e);
        }
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        int outer = guard.enter();
        try {
            codec.store(from, ucontext);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("store", outer, e);
        }
    }

    @Override
    public long initialStatus() {
        return initialStatus;
    }

    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        int outer = guard.enter();
        try {
            codec.makeStart(into, start, argument, tls, stackBase, stackBytes, returnTo);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("makeStart", outer, e);
        }
    }

    @Override
    public int stackArgumentOffset() {
        return stackArgumentOffset;
    }

    @Override
    public int checkPrivate(long value) {
        int outer = guard.enter();
        try {
            int error = codec.checkPrivate(value);
            guard.exit(outer);
            return error;
        } catch (Throwable e) {
            threw("checkPrivate", outer, e);
            return Errno.EINVAL;
        }
    }
}
