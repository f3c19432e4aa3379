// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.FpuFormat;
import kernel.sched.errno.Errno;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * The machine's floating-point state: its layout, read once, and its code, with a guard around every call.
 *
 * <p>When the machine is evicted the call comes to nothing; the images of all LWPs are in the layout of the successor by
 * then, and contexts are made again.
 */
@Guard
final class FpuPort extends MachineCode implements FpuFormat {
    private final FpuFormat format;
    private final int contextOffset;
    private final int registerBytes;
    private final int[] offsets;
    private final byte[] initial;
    private final boolean lazy;

    FpuPort(FpuFormat format, SlotGuard guard, VariantHandle mine) {
        super(guard, mine);
        this.format = format;
        contextOffset = format.contextOffset();
        registerBytes = format.registerBytes();
        offsets = new int[format.registers()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = format.registerOffset(i);
        }
        initial = new byte[format.bytes()];
        format.initial(initial);
        lazy = format.lazy();
    }

    @Override
    public int bytes() {
        return initial.length;
    }

    @Override
    public int contextOffset() {
        return contextOffset;
    }

    @Override
    public int registers() {
        return offsets.length;
    }

    @Override
    public int registerBytes() {
        return registerBytes;
    }

    @Override
    public int registerOffset(int register) {
        return offsets[register];
    }

    @Override
    public void initial(byte[] image) {
        System.arraycopy(initial, 0, image, 0, initial.length);
    }

    @Override
    public boolean lazy() {
        return lazy;
    }

    @Override
    public void load(byte[] ucontext, byte[] image) {
        int outer = guard.enter();
        try {
            format.load(ucontext, image);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("FpuFormat.load", outer, e);
        }
    }

    @Override
    public void store(byte[] image, byte[] ucontext) {
        int outer = guard.enter();
        try {
            format.store(image, ucontext);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("FpuFormat.store", outer, e);
        }
    }

    @Override
    public int check(byte[] ucontext) {
        int outer = guard.enter();
        try {
            int error = format.check(ucontext);
            guard.exit(outer);
            return error;
        } catch (Throwable e) {
            threw("FpuFormat.check", outer, e);
            return Errno.EINVAL;
        }
    }

    @Override
    public void enterHandler(byte[] image) {
        int outer = guard.enter();
        try {
            format.enterHandler(image);
            guard.exit(outer);
        } catch (Throwable e) {
            threw("FpuFormat.enterHandler", outer, e);
        }
    }
}
