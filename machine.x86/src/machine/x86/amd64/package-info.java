// SPDX-License-Identifier: BSD-2-Clause
/** The amd64 machine: 4-level paging, NetBSD/amd64 register context, FreeBSD/amd64 user limits. */
package machine.x86.amd64;
