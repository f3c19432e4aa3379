// SPDX-License-Identifier: BSD-2-Clause
/** Processes, LWPs, their ids, limits and credentials, and what runs in user mode. */
@Export
@Version("1.0.0")
package kernel.lwp.proc;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
