// SPDX-License-Identifier: BSD-2-Clause
/** Signals: their numbers, what processes do about them, and those that wait. */
@Export
@Version("1.0.0")
package kernel.lwp.signal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
