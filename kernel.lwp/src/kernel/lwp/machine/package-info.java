// SPDX-License-Identifier: BSD-2-Clause
/** What a machine bundle supplies: limits, costs, page-table walker, pmap, user register context and signal frame. */
@Export
@Version("1.1.0")
package kernel.lwp.machine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
