// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.SyscallHandler;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.slot.GuestFault;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Overdue;

/**
 * The handler of a system call that a bundle brought: when it throws or does not come back, its caller gets ENOSYS and the
 * kernel goes on.
 *
 * <p>It is listed as an eviction of slot {@code syscall}. A call that throws stays; one that the host watchdog had to
 * interrupt is not entered any more by that kernel. A handler that fails with a kernel lock in its hands cannot be helped:
 * nobody could release it soundly, so that is a panic.
 */
@Guard
final class GuestHandler implements SyscallHandler {
    private static final String KIND = "syscall";
    private static final System.Logger LOG = System.getLogger(GuestHandler.class.getName());

    private final String name;
    private final SyscallHandler handler;

    private GuestHandler(String name, SyscallHandler handler) {
        this.name = name;
        this.handler = handler;
    }

    /** The same call with a guard around its handler. */
    static SyscallDescriptor guarded(SyscallDescriptor call) {
        return new SyscallDescriptor(call.name(), call.number(), call.abi(), call.parameters(), call.result(),
                new GuestHandler(call.name(), call.handler()));
    }

    @Override
    public int call(SyscallFrame frame) {
        if (engine(frame).evictions().isOut(KIND, name)) {
            return Errno.ENOSYS;
        }
        try {
            return handler.call(frame);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue failure) {
            return failed((Lwp) frame.task(), failure);
        }
    }

    private static Engine engine(SyscallFrame frame) {
        return ((Lwp) frame.task()).proc().processes().engine();
    }

    private int failed(Lwp l, Throwable failure) {
        Engine engine = l.proc().processes().engine();
        EvictionReport report = GuestFault.report(engine, KIND, name, "system call " + name + " of LWP " + l, failure);
        if (engine.current().spinDepth() > 0 || l.proc().lock().owner() == l || holdsMap(l)) {
            throw new KernelPanic(report.message() + ", and holds a kernel lock", failure);
        }
        boolean overdue = report.kind() == EvictionReport.Kind.OVERDUE;
        if (overdue) {
            engine.evictions().takeOut(KIND, name);
        }
        LOG.log(System.Logger.Level.WARNING, "{0}; the caller gets ENOSYS{1}", report.message(),
                overdue ? ", and so does whoever makes the call again" : "");
        return Errno.ENOSYS;
    }

    private static boolean holdsMap(Lwp l) {
        return l.proc().vmspace() != null && l.proc().vmspace().map().lockedBy(l);
    }
}
