// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

/** How the value of a successful call is shown. */
public enum ResultKind {
    /** The call returns 0. */
    NONE,
    DECIMAL,
    /** An address. */
    HEX
}
