// SPDX-License-Identifier: BSD-2-Clause
/** The armv7 machine: short descriptors, NetBSD/arm register context, FreeBSD/arm user limits. */
package machine.arm.armv7;
