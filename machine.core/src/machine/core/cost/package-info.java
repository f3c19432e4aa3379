// SPDX-License-Identifier: BSD-2-Clause
/** What work costs in virtual nanoseconds on a given machine. */
@Export
@Version("1.0.0")
package machine.core.cost;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
