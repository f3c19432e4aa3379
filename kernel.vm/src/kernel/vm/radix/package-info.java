// SPDX-License-Identifier: BSD-2-Clause
/**
 * What every machine with multi-level page tables shares: the pmap algorithms without the bits.
 *
 * <p>A machine supplies an {@link kernel.vm.radix.EntryFormat} (the bits) and a {@link kernel.vm.radix.TlbControl}
 * (how translations are tagged and invalidated) and gets a complete
 * {@link kernel.vm.pmap.PmapModule}, {@link kernel.vm.radix.RadixPmapModule}.
 */
@Export
@Version("1.0.0")
package kernel.vm.radix;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
