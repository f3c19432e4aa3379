// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import kernel.vm.page.VmPage;

/**
 * A mapping that must survive a machine swap.
 *
 * @param va page-aligned user address
 * @param page the page mapped there
 * @param protection what its map entry grants; without WRITE for a page of a lower object
 */
record WiredMapping(long va, VmPage page, int protection) {}
