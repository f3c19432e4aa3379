// SPDX-License-Identifier: BSD-2-Clause

/** How results of commands become text and JSON. */
@Export
@Version("1.0.0")
package shell.command.format;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
