// SPDX-License-Identifier: BSD-2-Clause

/** Runs of a workload on a fresh kernel: the request, the report, the comparison. */
@Export
@Version("1.0.0")
package userland.sim;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
