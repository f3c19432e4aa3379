// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.function.Supplier;
import kernel.sched.policy.Scheduler;
import machine.core.watchdog.HostWatchdog;

/**
 * What is checked.
 *
 * @param name the variant
 * @param instances makes a scheduler for one kernel, as often as it is asked
 * @param watchdog interrupts callbacks that do not come back, or null to wait for them
 */
public record SchedulerUnderTest(String name, Supplier<Scheduler> instances, HostWatchdog watchdog) {
}
