// SPDX-License-Identifier: BSD-2-Clause
/** Register contexts of the ARM machines. */
package machine.arm.context;
