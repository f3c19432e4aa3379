// SPDX-License-Identifier: BSD-2-Clause

/** What a program is and what it can call: the libc facade of the simulated user mode. */
@Export
@Version("1.1.0")
package userland.program;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
