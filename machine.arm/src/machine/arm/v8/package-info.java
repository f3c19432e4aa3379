// SPDX-License-Identifier: BSD-2-Clause
/** What the 64-bit ARM machines share. */
package machine.arm.v8;
