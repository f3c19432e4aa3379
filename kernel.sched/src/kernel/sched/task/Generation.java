// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Which generation of NetBSD's kernel rules is in force.
 *
 * <p>The LWP revision of a kernel chooses it. It decides the sleep queue insertion and time-out rules
 * (kern_sleepq.c 1.50 or 1.71), effective priorities, {@code cv_signal}, and run queue placement
 * (kern_runq.c 1.44 or 1.69).
 */
@ProviderType
public enum Generation {
    /** The kernel around sys_lwp.c 1.47. */
    V2009,
    /** The kernels around sys_lwp.c 1.76.2.1 and 1.84. */
    V2020
}
