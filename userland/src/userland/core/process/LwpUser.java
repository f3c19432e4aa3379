// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.nio.charset.StandardCharsets;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.sched.policy.Tunable;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import userland.program.UserFunction;
import userland.pthread.Pthread;

/** The C library of one LWP. */
public final class LwpUser extends UserSignals {
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 3;
    private static final int TIMER_ABSTIME = 1;
    private static final String SCHED_VARIABLES = "kern.sched.";
    private static final int SCRATCH_NAME = 32;
    private static final int NAME_CHARACTERS = 15;

    LwpUser(Lwp lwp, ProcessImage image) {
        super(lwp, image);
    }

    /** The LWP it belongs to. */
    public Lwp lwp() {
        return lwp;
    }

    @Override
    public int pid() {
        return lwp.pid();
    }

    @Override
    public int lid() {
        return lwp.lid();
    }

    // --- functions and threads ---------------------------------------------------------------

    @Override
    public long functionAddress(UserFunction function) {
        return image.text().address(function);
    }

    @Override
    public void makeContext(long context, UserFunction function, long argument, long stack, long stackBytes) {
        UserContextCodec codec;
        UserContext made;
        byte[] bytes;
        do {
            // A machine that fails in here has a successor with contexts of its own.
            codec = lwp.proc().processes().codec();
            made = new UserContext();
            codec.makeStart(made, functionAddress(function), argument, 0, stack, stackBytes,
                    functionAddress(image.exitFunction()));
            bytes = new byte[codec.size()];
            codec.store(made, bytes);
        } while (codec != lwp.proc().processes().codec());
        lwp.madeContextBytes(bytes.length);
        write(context, bytes, 0, bytes.length);
        if (codec.stackArgumentOffset() >= 0) {
            long sp = made.registers().sp;
            store32(sp, (int) made.registers().returnAddress);
            store32(sp + codec.stackArgumentOffset(), (int) argument);
        }
    }

    @Override
    public int contextBytes() {
        return lwp.proc().processes().codec().size();
    }

    @Override
    public long privatePointer() {
        return lwp.registers().tls;
    }

    @Override
    public int lwpSetPrivate(long value) {
        return status(call1(calls.setPrivate, value));
    }

    @Override
    public Pthread pthread() {
        return image.pthread();
    }

    // --- system calls ------------------------------------------------------------------------

    @Override
    public int lwpCreate(long context, long flags, long newLid) {
        return status(call3(calls.create, context, flags, newLid));
    }

    @Override
    public void lwpExit() {
        enter(calls.lwpExit);
    }

    @Override
    public int lwpSelf() {
        return (int) value(enter(calls.self));
    }

    @Override
    public int lwpWait(int lid, long departed) {
        return status(call2(calls.lwpWait, lid, departed));
    }

    @Override
    public int lwpDetach(int lid) {
        return status(call1(calls.detach, lid));
    }

    @Override
    public int lwpKill(int lid, int signal) {
        return status(call2(calls.kill, lid, signal));
    }

    @Override
    public int lwpSetName(String name) {
        byte[] bytes = (name.length() > NAME_CHARACTERS ? name.substring(0, NAME_CHARACTERS) : name)
                .concat("\0").getBytes(StandardCharsets.ISO_8859_1);
        write(scratch() + SCRATCH_NAME, bytes, 0, bytes.length);
        return status(call2(calls.setName, 0, scratch() + SCRATCH_NAME));
    }

    @Override
    public int lwpUnpark(int lid, long hint) {
        return status(call2(calls.unpark, lid, hint));
    }

    @Override
    public long lwpUnparkAll(long lids, long count, long hint) {
        return value(call3(calls.unparkAll, lids, count, hint));
    }

    @Override
    public int park(long untilNanos, long hint) {
        return park(CLOCK_MONOTONIC, untilNanos, 0, hint, 0);
    }

    @Override
    public int park(int clock, long untilNanos, int unpark, long hint, long unparkHint) {
        // Another LWP may find out at the same time, so say which call it is.
        boolean byClock = image.parksByClock();
        int error = parkOnce(byClock, clock, untilNanos, unpark, hint, unparkHint);
        if (error != Errno.ENOSYS) {
            return error;
        }
        image.parksByClock(!byClock);
        return parkOnce(!byClock, clock, untilNanos, unpark, hint, unparkHint);
    }

    private int parkOnce(boolean byClock, int clock, long untilNanos, int unpark, long hint, long unparkHint) {
        SyscallFrame frame = lwp.frame();
        if (byClock) {
            long time = timespec(untilNanos, 0);
            frame.set(3, unpark);
            frame.set(4, hint);
            frame.set(5, unparkHint);
            return call3(calls.park60, clock, TIMER_ABSTIME, time);
        }
        long time = timespec(untilNanos, clock == CLOCK_REALTIME ? 0 : realtimeNanos() - monotonicNanos());
        frame.set(3, unparkHint);
        return call3(calls.park50, time, unpark, hint);
    }

    /** Address of a timespec with a time, or 0 for {@link #FOREVER}. */
    private long timespec(long untilNanos, long offset) {
        if (untilNanos == FOREVER) {
            return 0;
        }
        long nanos = Math.max(0, untilNanos) + offset;
        long address = scratch();
        store64(address, nanos / NANOS_PER_SECOND);
        store64(address + Long.BYTES, nanos % NANOS_PER_SECOND);
        return address;
    }

    @Override
    public void sleepUntil(long untilNanos) {
        while (monotonicNanos() < untilNanos) {
            long time = timespec(untilNanos, 0);
            lwp.frame().set(3, 0);
            call3(calls.nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, time);
        }
    }

    @Override
    public void yield() {
        enter(calls.yield);
    }

    @Override
    public long mmap(long address, long bytes, int protection, int flags, int descriptor, long offset) {
        SyscallFrame frame = lwp.frame();
        frame.set(3, flags);
        frame.set(4, descriptor);
        frame.set(5, offset);
        return value(call3(calls.mmap, address, bytes, protection));
    }

    @Override
    public int munmap(long address, long bytes) {
        return status(call2(calls.munmap, address, bytes));
    }

    @Override
    public int mprotect(long address, long bytes, int protection) {
        return status(call3(calls.mprotect, address, bytes, protection));
    }

    @Override
    public int fork(UserFunction child) {
        int error = trap.fork(lwp, new ProcessImage(image, child, privatePointer()));
        return (int) value(error);
    }

    @Override
    public int waitChild(int pid, long status) {
        lwp.frame().set(3, 0);
        return (int) value(call3(calls.wait4, pid, status, 0));
    }

    @Override
    public int atexit(UserFunction handler) {
        return image.exitHandlers().add(this, handler, 0, 0);
    }

    @Override
    public int cxaAtexit(UserFunction destructor, long argument, long owner) {
        return image.exitHandlers().add(this, destructor, argument, owner);
    }

    @Override
    public void cxaFinalize(long owner) {
        image.exitHandlers().run(this, owner);
    }

    @Override
    public void exit(int status) {
        cxaFinalize(0);
        exitNow(status);
    }

    @Override
    public void exitNow(int status) {
        trap.exit(lwp, status);
    }

    @Override
    public long sysctl(String name) {
        String wanted = name.startsWith(SCHED_VARIABLES) ? name.substring(SCHED_VARIABLES.length()) : "";
        for (Tunable variable : lwp.proc().processes().dispatcher().tunables().list()) {
            if (variable.name().equals(wanted)) {
                return variable.value();
            }
        }
        return status(Errno.ENOENT);
    }

    @Override
    public void print(String line) {
        image.print(line);
    }
}
