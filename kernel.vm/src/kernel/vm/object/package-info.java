// SPDX-License-Identifier: BSD-2-Clause
/** Memory objects, shadow chains and pagers. */
@Export
@Version("1.0.0")
package kernel.vm.object;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
