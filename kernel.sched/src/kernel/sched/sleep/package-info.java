// SPDX-License-Identifier: BSD-2-Clause
/** Sleep queues, timeouts and interruptible sleeps. */
@Export
@Version("1.0.0")
package kernel.sched.sleep;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
