// SPDX-License-Identifier: BSD-2-Clause
/** Error numbers that kernel functions return. */
@Export
@Version("1.0.0")
package kernel.sched.errno;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
