// SPDX-License-Identifier: BSD-2-Clause
/** The conformance kit for schedulers: what they must do, what the core must notice, what they must survive. */
@Export
@Version("1.0.0")
package kernel.sched.tck;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
