// SPDX-License-Identifier: BSD-2-Clause

/** What a command of the shell is, for this shell's own and for those of other bundles. */
@Export
@Version("1.0.0")
package shell.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
