// SPDX-License-Identifier: BSD-2-Clause
/** The memory management unit of one CPU: translation look-aside buffer and table walker. */
@Export
@Version("1.1.0")
package machine.core.mmu;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
