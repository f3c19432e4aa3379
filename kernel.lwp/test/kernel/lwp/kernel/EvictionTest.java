// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.policy.Scheduler;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.watchdog.EvictionReport;
import org.junit.jupiter.api.Test;

/** A scheduler that fails is replaced by what the user had chosen before. */
class EvictionTest {
    private static final long MS = 1_000_000L;

    /** A scheduler that works for a while and then throws. */
    private static Scheduler failing(int picks) {
        FourBsd good = new FourBsd();
        int[] left = {picks};
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("pickNext") && --left[0] < 0) {
                throw new IllegalStateException("out of order");
            }
            try {
                return method.invoke(good, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        };
        return (Scheduler) Proxy.newProxyInstance(Scheduler.class.getClassLoader(), new Class<?>[] {Scheduler.class},
                handler);
    }

    @Test
    void theProgramsGoOnUnderTheSuccessor() {
        try (TestKernel kernel = new TestKernel(TestKernel.config("1.84").withCpus(2).withSched("m2"))) {
            kernel.source().add("sched", "failing", () -> failing(10));
            Proc p = kernel.spawn(user -> {
                for (int i = 0; i < 5; i++) {
                    user.create(child -> child.sleep(100 * MS));
                }
                user.sleep(300 * MS);
            });
            kernel.run(RunLimit.until(20 * MS));
            kernel.swap("sched", "failing");
            kernel.run();
            assertEquals("m2 1", kernel.kernel().slots().find("sched").active() + " "
                    + kernel.kernel().dispatcher().slot().guard().evictions());
            assertEquals("GONE 0", p.state() + " " + p.exitSignal());
            kernel.assertSound();
        }
    }

    @Test
    void aKernelThatPanickedInAnLwpCanStillBeHaltedAndClosed() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.spawn(user -> {
                throw new AssertionError("broken on purpose");
            });
            kernel.kernel().run(RunLimit.none());
            kernel.kernel().ask(engine -> {
                engine.halt("after a panic");
                return null;
            });
            assertEquals("after a panic", kernel.kernel().engine().haltReason());
        }
    }

    @Test
    void aSystemCallOfABundleThatThrowsGivesEnosys() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            SyscallDescriptor boom = new SyscallDescriptor("boom", 9999, Abi.NETBSD, List.of(), ResultKind.DECIMAL, f -> {
                throw new IllegalStateException("no idea");
            });
            SyscallDescriptor added = kernel.kernel().syscalls().addGuest(boom);
            kernel.runToEnd(user -> assertEquals(Errno.ENOSYS, user.call("boom")));
            EvictionReport report = kernel.kernel().ask(engine -> engine.evictions().reports("syscall").getFirst());
            assertEquals("boom", report.variant());
            assertTrue(report.message().contains("IllegalStateException: no idea"), report.message());
            kernel.kernel().syscalls().remove(added);
            assertNull(kernel.kernel().syscalls().find("boom"));
        }
    }

    @Test
    void oneThatThrowsWithALockOfTheKernelIsAPanic() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.kernel().syscalls().addGuest(new SyscallDescriptor("boom", 9999, Abi.NETBSD, List.of(),
                    ResultKind.DECIMAL, f -> {
                        ((Lwp) f.task()).proc().lock().enter();
                        throw new IllegalStateException("no idea");
                    }));
            kernel.spawn(user -> user.call("boom"));
            assertEquals(RunOutcome.Reason.PANICKED, kernel.kernel().run(RunLimit.none()).reason());
            assertTrue(kernel.kernel().engine().panic().getMessage().contains("holds a kernel lock"));
            assertEquals(1, (int) kernel.kernel().ask(engine -> engine.evictions().count()));
        }
    }
}
