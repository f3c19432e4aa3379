// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

/** Which way the data behind a parameter goes; a scalar is always IN. */
public enum Direction {
    IN,
    OUT,
    INOUT
}
