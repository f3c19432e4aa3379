// SPDX-License-Identifier: BSD-2-Clause
/** The memory and file system calls. */
@Export
@Version("1.0.0")
package kernel.vm.call;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
