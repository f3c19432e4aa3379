// SPDX-License-Identifier: BSD-2-Clause
/** What a scheduler implements, and the helpers it may use. */
@Export
@Version("1.0.0")
package kernel.sched.policy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
