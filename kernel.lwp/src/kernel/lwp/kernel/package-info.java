// SPDX-License-Identifier: BSD-2-Clause
/** One kernel: its floors assembled, its slots, its system calls and the way into it from outside. */
@Export
@Version("1.0.0")
package kernel.lwp.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
