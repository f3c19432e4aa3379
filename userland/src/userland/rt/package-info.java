// SPDX-License-Identifier: BSD-2-Clause

/** Scheduling as POSIX has it: librt on top of the scheduling calls. */
@Export
@Version("1.0.0")
package userland.rt;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
