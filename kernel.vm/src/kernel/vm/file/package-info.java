// SPDX-License-Identifier: BSD-2-Clause
/** Files of a simulated process: host files below one root, and memory files. */
@Export
@Version("1.0.0")
package kernel.vm.file;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
