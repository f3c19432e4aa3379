// SPDX-License-Identifier: BSD-2-Clause
/** Address maps and address spaces. */
@Export
@Version("1.0.0")
package kernel.vm.map;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
