// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

/** What kind of file a vnode is. */
public enum VnodeType {
    REGULAR,
    DIRECTORY,
    /** {@code /dev/zero}: a character device whose mappings are anonymous memory. */
    ZERO_DEVICE
}
