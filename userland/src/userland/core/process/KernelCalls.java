// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import kernel.lwp.kernel.SyscallTable;
import kernel.vm.syscall.SyscallDescriptor;

/** The calls that the C library makes itself, looked up once per process; null where the kernel has none. */
final class KernelCalls {
    final SyscallTable table;
    final SyscallDescriptor create;
    final SyscallDescriptor lwpExit;
    final SyscallDescriptor self;
    final SyscallDescriptor lwpWait;
    final SyscallDescriptor detach;
    final SyscallDescriptor kill;
    final SyscallDescriptor setPrivate;
    final SyscallDescriptor setName;
    final SyscallDescriptor park50;
    final SyscallDescriptor park60;
    final SyscallDescriptor unpark;
    final SyscallDescriptor unparkAll;
    final SyscallDescriptor nanosleep;
    final SyscallDescriptor yield;
    final SyscallDescriptor mmap;
    final SyscallDescriptor munmap;
    final SyscallDescriptor mprotect;
    final SyscallDescriptor wait4;
    final SyscallDescriptor processKill;
    final SyscallDescriptor sigaction;
    final SyscallDescriptor sigprocmask;
    final SyscallDescriptor sigpending;
    final SyscallDescriptor sigsuspend;
    final SyscallDescriptor sigtimedwait;
    final SyscallDescriptor sigaltstack;
    final SyscallDescriptor getcontext;
    final SyscallDescriptor setcontext;

    KernelCalls(SyscallTable table) {
        this.table = table;
        create = table.find("_lwp_create");
        lwpExit = table.find("_lwp_exit");
        self = table.find("_lwp_self");
        lwpWait = table.find("_lwp_wait");
        detach = table.find("_lwp_detach");
        kill = table.find("_lwp_kill");
        setPrivate = table.find("_lwp_setprivate");
        setName = table.find("_lwp_setname");
        park50 = table.find("___lwp_park50");
        park60 = table.find("___lwp_park60");
        unpark = table.find("_lwp_unpark");
        unparkAll = table.find("_lwp_unpark_all");
        nanosleep = table.find("clock_nanosleep");
        yield = table.find("sched_yield");
        mmap = table.find("mmap");
        munmap = table.find("munmap");
        mprotect = table.find("mprotect");
        wait4 = table.find("wait4");
        processKill = table.find("kill");
        sigaction = table.find("__sigaction_sigtramp");
        sigprocmask = table.find("__sigprocmask14");
        sigpending = table.find("__sigpending14");
        sigsuspend = table.find("__sigsuspend14");
        sigtimedwait = table.find("____sigtimedwait50");
        sigaltstack = table.find("__sigaltstack14");
        getcontext = table.find("getcontext");
        setcontext = table.find("setcontext");
    }
}
