// SPDX-License-Identifier: BSD-2-Clause
/** The event log: what happened, when, on which CPU, and one running hash over all of it. */
@Export
@Version("1.0.0")
package machine.core.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
