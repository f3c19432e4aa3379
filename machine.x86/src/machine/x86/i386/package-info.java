// SPDX-License-Identifier: BSD-2-Clause
/** The i386 machine: 32-bit paging, NetBSD/i386 register context, FreeBSD/i386 user limits. */
package machine.x86.i386;
