// SPDX-License-Identifier: BSD-2-Clause
/** Page replacement: the interface of policies, and the daemon that lets the active one work. */
@Export
@Version("1.0.0")
package kernel.vm.pageout;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
