// SPDX-License-Identifier: BSD-2-Clause
/** What operations cost on the ARM machines. */
package machine.arm.cost;
