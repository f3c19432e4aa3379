// SPDX-License-Identifier: BSD-2-Clause
/** The dispatcher: switching, run states, clocks, callouts and the {@code sched} slot. */
@Export
@Version("1.0.0")
package kernel.sched.dispatch;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
