// SPDX-License-Identifier: BSD-2-Clause
/** System-call descriptors, call frames and access to user memory. */
@Export
@Version("1.0.0")
package kernel.vm.syscall;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
