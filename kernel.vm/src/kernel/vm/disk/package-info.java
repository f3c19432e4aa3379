// SPDX-License-Identifier: BSD-2-Clause
/** The disk of a kernel: transfers, what they cost, and the swap space on it. */
@Export
@Version("1.0.0")
package kernel.vm.disk;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
