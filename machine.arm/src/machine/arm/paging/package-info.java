// SPDX-License-Identifier: BSD-2-Clause
/** Page tables of the ARM machines: descriptors, walker, fault status, broadcast TLB maintenance. */
package machine.arm.paging;
