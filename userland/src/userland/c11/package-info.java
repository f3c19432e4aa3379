// SPDX-License-Identifier: BSD-2-Clause

/** The threads of C11 (threads.h), under the names and with the results they have in C, on top of POSIX threads. */
@Export
@Version("1.0.0")
package userland.c11;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
