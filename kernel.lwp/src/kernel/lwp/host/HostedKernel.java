// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import kernel.lwp.kernel.Kernel;

/** A kernel of this host, and the variants it has taken. */
record HostedKernel(Kernel kernel, KernelVariants variants) {
}
