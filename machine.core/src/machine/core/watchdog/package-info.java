// SPDX-License-Identifier: BSD-2-Clause
/** The host watchdog: interrupts callbacks of variants that loop for ever or block the host. */
@Export
@Version("1.0.0")
package machine.core.watchdog;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
