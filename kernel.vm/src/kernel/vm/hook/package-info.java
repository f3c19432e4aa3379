// SPDX-License-Identifier: BSD-2-Clause
/** Places where other bundles are asked about mappings, or told of them. */
@Export
@Version("1.0.0")
package kernel.vm.hook;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
