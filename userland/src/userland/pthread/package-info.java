// SPDX-License-Identifier: BSD-2-Clause

/** POSIX threads as programs call them: libpthread in two generations, on top of the LWP system calls. */
@Export
@Version("1.0.0")
package userland.pthread;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
