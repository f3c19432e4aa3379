// SPDX-License-Identifier: BSD-2-Clause
/** The machine-dependent side of the memory layer: what a machine bundle implements. */
@Export
@Version("1.0.0")
package kernel.vm.pmap;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
