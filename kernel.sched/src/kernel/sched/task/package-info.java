// SPDX-License-Identifier: BSD-2-Clause
/** What the scheduler sees of an LWP and of a CPU. */
@Export
@Version("1.1.0")
package kernel.sched.task;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
