// SPDX-License-Identifier: BSD-2-Clause
/** The aarch64 machine: VMSAv8-64 tables, NetBSD/aarch64 register context, FreeBSD/arm64 user limits. */
package machine.arm.aarch64;
