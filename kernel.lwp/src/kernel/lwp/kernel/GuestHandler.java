// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.Arrays;
import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.SyscallHandler;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.watchdog.EvictionReport;

/**
 * The handler of a system call that a bundle brought: when it throws, its caller gets ENOSYS and the kernel goes on.
 *
 * <p>What it threw is reported as an eviction of slot {@code syscall}, but the call stays. A handler that throws with a
 * kernel lock in its hands cannot be helped: nobody could release it soundly, so that is a panic.
 */
final class GuestHandler implements SyscallHandler {
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
        try {
            return handler.call(frame);
        } catch (RuntimeException | LinkageError | AssertionError failure) {
            return failed((Lwp) frame.task(), failure);
        }
    }

    private int failed(Lwp l, Throwable failure) {
        Engine engine = l.proc().processes().engine();
        Cpu cpu = engine.current();
        String fault = "system call " + name + " of LWP " + l + " threw " + failure.getClass().getName() + ": "
                + failure.getMessage();
        List<String> stack = Arrays.stream(failure.getStackTrace()).map(StackTraceElement::toString).toList();
        engine.evictions().add(new EvictionReport("syscall", EvictionReport.Kind.THROW, name, null, fault, cpu.id(),
                engine.evictions().holder(), engine.nowNanos(), engine.events().count(), engine.seed(), List.of(), stack));
        if (cpu.spinDepth() > 0 || l.proc().lock().owner() == l || holdsMap(l)) {
            throw new KernelPanic(fault + ", and holds a kernel lock", failure);
        }
        LOG.log(System.Logger.Level.WARNING, "{0}; the caller gets ENOSYS", fault);
        return Errno.ENOSYS;
    }

    private static boolean holdsMap(Lwp l) {
        return l.proc().vmspace() != null && l.proc().vmspace().map().lockedBy(l);
    }
}
