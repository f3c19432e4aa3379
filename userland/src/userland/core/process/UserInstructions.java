// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import kernel.lwp.kernel.Trap;
import kernel.lwp.machine.FpuFormat;
import kernel.lwp.proc.Clocks;
import kernel.lwp.proc.Lwp;
import userland.program.User;

/** What user code does without a system call: load, store, compute, read the clock. */
abstract class UserInstructions implements User {
    /** The LWP that executes. */
    protected final Lwp lwp;
    /** Its way into the kernel. */
    protected final Trap trap;

    UserInstructions(Lwp lwp) {
        this.lwp = lwp;
        this.trap = lwp.trap();
    }

    @Override
    public int load8(long address) {
        return (int) trap.load(lwp, address, 1);
    }

    @Override
    public int load16(long address) {
        return (int) trap.load(lwp, address, 2);
    }

    @Override
    public int load32(long address) {
        return (int) trap.load(lwp, address, 4);
    }

    @Override
    public long load64(long address) {
        return trap.load(lwp, address, 8);
    }

    @Override
    public void store8(long address, int value) {
        trap.store(lwp, address, 1, value);
    }

    @Override
    public void store16(long address, int value) {
        trap.store(lwp, address, 2, value);
    }

    @Override
    public void store32(long address, int value) {
        trap.store(lwp, address, 4, value);
    }

    @Override
    public void store64(long address, long value) {
        trap.store(lwp, address, 8, value);
    }

    @Override
    public int floatRegisters() {
        FpuFormat format = lwp.proc().processes().fpu().format();
        return format == null ? 0 : format.registers();
    }

    @Override
    public long loadFloat(int register) {
        return trap.loadFloat(lwp, register, 0);
    }

    @Override
    public void storeFloat(int register, long bits) {
        trap.storeFloat(lwp, register, 0, bits);
    }

    @Override
    public boolean cas32(long address, int expected, int update) {
        return trap.cas32(lwp, address, expected, update) == expected;
    }

    @Override
    public boolean cas64(long address, long expected, long update) {
        return trap.cas64(lwp, address, expected, update) == expected;
    }

    @Override
    public int fetchAdd32(long address, int delta) {
        int value = load32(address);
        while (true) {
            int found = trap.cas32(lwp, address, value, value + delta);
            if (found == value) {
                return value;
            }
            value = found;
        }
    }

    @Override
    public long fetchAdd64(long address, long delta) {
        long value = load64(address);
        while (true) {
            long found = trap.cas64(lwp, address, value, value + delta);
            if (found == value) {
                return value;
            }
            value = found;
        }
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        int done = 0;
        for (; length - done >= Long.BYTES; done += Long.BYTES) {
            long word = load64(address + done);
            for (int i = 0; i < Long.BYTES; i++) {
                into[offset + done + i] = (byte) (word >>> 8 * i);
            }
        }
        for (; done < length; done++) {
            into[offset + done] = (byte) load8(address + done);
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        int done = 0;
        for (; length - done >= Long.BYTES; done += Long.BYTES) {
            long word = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                word |= (from[offset + done + i] & 0xffL) << 8 * i;
            }
            store64(address + done, word);
        }
        for (; done < length; done++) {
            store8(address + done, from[offset + done]);
        }
    }

    @Override
    public void compute(long nanos) {
        if (nanos > 0) {
            trap.compute(lwp, nanos);
        }
    }

    @Override
    public long monotonicNanos() {
        return lwp.proc().processes().engine().nowNanos();
    }

    @Override
    public long realtimeNanos() {
        return Clocks.BOOT_REALTIME_NANOS + monotonicNanos();
    }

    @Override
    public int cpuCount() {
        return lwp.proc().processes().engine().cpuCount();
    }
}
