// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Processes;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;

/** What the handlers share: who calls, and words in user memory. */
final class Calls {
    /** Offset of the nanoseconds in a timespec: seconds are 64 bits wide everywhere. */
    private static final int NANOS_OFFSET = 8;

    private Calls() {
    }

    static Lwp caller(SyscallFrame f) {
        return (Lwp) f.task();
    }

    static Processes processes(SyscallFrame f) {
        return caller(f).proc().processes();
    }

    static int copyoutInt(SyscallFrame f, int value, long address) {
        return f.memory().store32(address, value);
    }

    static int copyoutPointer(SyscallFrame f, long value, long address) {
        return processes(f).wordBits() == Integer.SIZE
                ? f.memory().store32(address, (int) value) : f.memory().store64(address, value);
    }

    /** Copies out a timespec. */
    static int copyoutTime(SyscallFrame f, long seconds, long nanos, long address) {
        UserMemory memory = f.memory();
        int error = memory.store64(address, seconds);
        if (error != 0) {
            return error;
        }
        if (processes(f).wordBits() == Integer.SIZE) {
            return memory.store32(address + NANOS_OFFSET, (int) nanos);
        }
        return memory.store64(address + NANOS_OFFSET, nanos);
    }

    /** Reads the seconds of a timespec into {@code memory().value()}. */
    static int copyinSeconds(SyscallFrame f, long address) {
        return f.memory().load64(address);
    }

    /** Reads the nanoseconds of a timespec; {@link #nanos} gives them. */
    static int copyinNanos(SyscallFrame f, long address) {
        if (processes(f).wordBits() == Integer.SIZE) {
            return f.memory().load32(address + NANOS_OFFSET);
        }
        return f.memory().load64(address + NANOS_OFFSET);
    }

    /** The nanoseconds that {@link #copyinNanos} read. */
    static long nanos(SyscallFrame f) {
        long value = f.memory().value();
        return processes(f).wordBits() == Integer.SIZE ? (int) value : value;
    }
}
