// SPDX-License-Identifier: BSD-2-Clause
/** Page faults: from a fault address to an installed mapping, or to a signal. */
@Export
@Version("1.0.0")
package kernel.vm.fault;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
