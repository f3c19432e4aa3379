// SPDX-License-Identifier: BSD-2-Clause
/** What operations cost on the x86 machines. */
package machine.x86.cost;
