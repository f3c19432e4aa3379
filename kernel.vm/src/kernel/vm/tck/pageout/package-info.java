// SPDX-License-Identifier: BSD-2-Clause
/**
 * Conformance checks that every pageout policy has to pass, without a test framework.
 *
 * <p>{@link kernel.vm.tck.pageout.PageoutKit#checks()} lists them; each runs against policies of its own and throws
 * {@link AssertionError} when one fails.
 */
@Export
@Version("1.0.0")
package kernel.vm.tck.pageout;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
