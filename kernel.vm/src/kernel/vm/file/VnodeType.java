// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

/** What kind of file a vnode is. */
public enum VnodeType {
    REGULAR,
    DIRECTORY
}
