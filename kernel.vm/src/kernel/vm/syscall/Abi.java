// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

/** Whose call number a descriptor carries. */
public enum Abi {
    NETBSD,
    FREEBSD
}
