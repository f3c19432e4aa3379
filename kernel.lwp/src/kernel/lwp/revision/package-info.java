// SPDX-License-Identifier: BSD-2-Clause
/** What a revision of the LWP system calls decides: the contract of the slot {@code lwp}. */
@Export
@Version("1.0.0")
package kernel.lwp.revision;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
