// SPDX-License-Identifier: BSD-2-Clause
/** Physical pages, their queues and the page pool. */
@Export
@Version("1.0.0")
package kernel.vm.page;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
