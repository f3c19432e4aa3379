// SPDX-License-Identifier: BSD-2-Clause

/** Processes whose LWPs do what they are told from outside, call by call. */
@Export
@Version("1.0.0")
package userland.puppet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
