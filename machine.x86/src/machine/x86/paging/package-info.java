// SPDX-License-Identifier: BSD-2-Clause
/** Page tables of the x86 machines: descriptor bits, walker, fault codes, TLB maintenance by interrupt. */
package machine.x86.paging;
