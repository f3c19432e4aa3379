// SPDX-License-Identifier: BSD-2-Clause
/** The i386-pae machine: PAE paging, NetBSD/i386 register context, FreeBSD/i386 user limits. */
package machine.x86.pae;
