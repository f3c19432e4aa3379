// SPDX-License-Identifier: BSD-2-Clause
/** The memory layer of one kernel, put together. */
@Export
@Version("1.0.0")
package kernel.vm.system;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
