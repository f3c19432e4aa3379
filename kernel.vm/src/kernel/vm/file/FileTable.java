// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import org.osgi.annotation.versioning.ProviderType;

/** The open files of one process, by descriptor number. */
@ProviderType
public final class FileTable {
    /** A table for a child: the same open files under the same numbers. */
    public FileTable copy() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Closes every descriptor: the process exits. */
    public void closeAll() {
        throw new UnsupportedOperationException("not written yet");
    }
}
