// SPDX-License-Identifier: BSD-2-Clause
/** Documented behaviours of the originals that can be switched, in one way for every slot. */
@Export
@Version("1.0.0")
package kernel.sched.quirk;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
