// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

/** What kind of file a vnode is. */
public enum VnodeType {
    REGULAR,
    DIRECTORY,
    /** A pipe with a name. */
    FIFO,
    /** {@code /dev/zero}: a character device whose mappings are anonymous memory. */
    ZERO_DEVICE,
    /** A character device with memory of its own, which all its mappings show: a {@link CharacterDevice}. */
    DEVICE
}
