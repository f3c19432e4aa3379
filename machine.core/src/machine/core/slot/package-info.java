// SPDX-License-Identifier: BSD-2-Clause
/** Slots and variants, and the transaction that swaps them under a running kernel. */
@Export
@Version("1.0.0")
package machine.core.slot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
