// SPDX-License-Identifier: BSD-2-Clause
/** Simulated physical memory: real bytes, addressed by physical address. */
@Export
@Version("1.0.0")
package machine.core.memory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
