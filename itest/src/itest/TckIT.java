// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.plugin.FirstComeScheduler;
import itest.support.PluginJar;
import itest.support.Shell;
import java.io.InputStream;
import kernel.sched.policy.Scheduler;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** The conformance kit runs in the container, against the shipped schedulers and those of strangers. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class TckIT {
    @InjectBundleContext
    BundleContext context;
    @InjectService
    CommandProcessor processor;

    private String tck(String scheduler) throws Exception {
        try (Shell shell = new Shell(processor)) {
            return shell.type("tck sched " + scheduler);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4bsd", "m2", "ule", "eevdf"})
    void shippedSchedulersPass(String scheduler) throws Exception {
        assertAllPassed(tck(scheduler));
    }

    @Test
    void aStrangerIsChecked() throws Exception {
        PluginJar jar = new PluginJar("itest.plugin.stranger", "1.0.0", "kernel.sched.policy,kernel.sched.task")
                .withVariant(FirstComeScheduler.class, Scheduler.class, "sched", "stranger");
        Bundle bundle;
        try (InputStream in = jar.open()) {
            bundle = context.installBundle("stranger", in);
        }
        bundle.start();
        assertAllPassed(tck("stranger"));
        bundle.uninstall();
    }

    private static void assertAllPassed(String table) {
        assertTrue(table.contains("no wake-up is lost"), table);
        assertEquals(0, table.lines().filter(line -> line.startsWith("FAILED")).count(), table);
    }
}
