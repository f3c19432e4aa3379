// SPDX-License-Identifier: BSD-2-Clause
/**
 * Conformance checks that every machine's pmap has to pass, without a test framework.
 *
 * <p>{@link kernel.vm.tck.PmapKit#checks()} lists them; each runs against a
 * {@link kernel.vm.tck.PmapUnderTest} and throws {@link AssertionError} when it fails.
 */
@Export
@Version("1.0.0")
package kernel.vm.tck;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
