// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** How the C library makes system calls: arguments into the frame, and errors into errno. */
abstract class UserCalls extends UserInstructions {
    /** Memory for arguments passed by address, from {@link ProcessImage#takeScratch}. */
    private long scratch;
    private int errno;

    /** Code and data of its process outside of user memory. */
    protected final ProcessImage image;
    /** The calls it makes itself. */
    protected final KernelCalls calls;

    UserCalls(Lwp lwp, ProcessImage image) {
        super(lwp);
        this.image = image;
        this.calls = image.calls();
    }

    @Override
    public int errno() {
        return errno;
    }

    @Override
    public long allocate(long bytes) {
        return image.arena().allocate(this, bytes);
    }

    /** Address of the argument memory. */
    final long scratch() {
        if (scratch == 0) {
            scratch = image.takeScratch(this);
        }
        return scratch;
    }

    /** Gives the argument memory to who needs some next. */
    final void dropScratch() {
        if (scratch != 0) {
            image.giveScratch(scratch);
            scratch = 0;
        }
    }

    /** Makes a call with what is in the frame: 0 or the error number. */
    final int enter(SyscallDescriptor call) {
        return call == null ? Errno.ENOSYS : trap.syscall(lwp, call);
    }

    final int call1(SyscallDescriptor call, long first) {
        lwp.frame().set(0, first);
        return enter(call);
    }

    final int call2(SyscallDescriptor call, long first, long second) {
        SyscallFrame frame = lwp.frame();
        frame.set(0, first);
        frame.set(1, second);
        return enter(call);
    }

    final int call3(SyscallDescriptor call, long first, long second, long third) {
        SyscallFrame frame = lwp.frame();
        frame.set(0, first);
        frame.set(1, second);
        frame.set(2, third);
        return enter(call);
    }

    /** 0, or -1 with errno set. */
    final int status(int error) {
        if (error == 0) {
            return 0;
        }
        errno = error;
        return -1;
    }

    /** The result of the call, or -1 with errno set. */
    final long value(int error) {
        return error == 0 ? lwp.frame().result() : status(error);
    }

    @Override
    public long syscall(String name, long... arguments) {
        SyscallFrame frame = lwp.frame();
        for (int i = 0; i < SyscallFrame.MAX_ARGUMENTS; i++) {
            frame.set(i, i < arguments.length ? arguments[i] : 0);
        }
        return value(enter(calls.table.find(name)));
    }
}
