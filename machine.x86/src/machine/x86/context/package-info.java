// SPDX-License-Identifier: BSD-2-Clause
/** What the register contexts of the x86 machines share. */
package machine.x86.context;
