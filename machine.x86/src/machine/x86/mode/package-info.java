// SPDX-License-Identifier: BSD-2-Clause
/** What the x86 machines of one processor mode share. */
package machine.x86.mode;
