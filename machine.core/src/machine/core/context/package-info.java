// SPDX-License-Identifier: BSD-2-Clause
/** Execution contexts: direct-style code that can be suspended anywhere and resumed later. */
@Export
@Version("1.0.0")
package machine.core.context;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
