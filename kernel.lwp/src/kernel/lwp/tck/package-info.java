// SPDX-License-Identifier: BSD-2-Clause
/**
 * Conformance checks that the register context of every machine has to pass, without a test framework.
 *
 * <p>{@link kernel.lwp.tck.ContextKit#checks()} lists them; each runs against a {@link kernel.lwp.machine.Machine} and
 * throws {@link AssertionError} when it fails. The page tables have a kit of their own in {@code kernel.vm.tck}.
 */
@Export
@Version("1.0.0")
package kernel.lwp.tck;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
