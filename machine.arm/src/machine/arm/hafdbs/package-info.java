// SPDX-License-Identifier: BSD-2-Clause
/** The aarch64 machine with hardware management of access flag and dirty state. */
package machine.arm.hafdbs;
