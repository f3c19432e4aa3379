// SPDX-License-Identifier: BSD-2-Clause
/** Simulated kernel locks: spin and adaptive mutexes, reader-writer locks, condition variables. */
@Export
@Version("1.0.0")
package kernel.sched.lock;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
