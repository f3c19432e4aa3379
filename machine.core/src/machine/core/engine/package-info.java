// SPDX-License-Identifier: BSD-2-Clause
/** The simulated multiprocessor: CPUs with virtual clocks, timers, run control and the mailbox. */
@Export
@Version("1.0.0")
package machine.core.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
