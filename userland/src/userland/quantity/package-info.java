// SPDX-License-Identifier: BSD-2-Clause

/** Durations and sizes as people write them: {@code 500ms}, {@code 256M}. */
@Export
@Version("1.0.0")
package userland.quantity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
