// SPDX-License-Identifier: BSD-2-Clause
/** The amd64-la57 machine: 5-level paging, NetBSD/amd64 register context, FreeBSD/amd64 user limits. */
package machine.x86.la57;
