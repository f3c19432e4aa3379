// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.proc.Proc;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.policy.Scheduler;
import machine.core.engine.RunLimit;
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
}
