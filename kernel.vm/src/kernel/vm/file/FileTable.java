// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.util.Arrays;
import org.osgi.annotation.versioning.ProviderType;

/** The open files of one process, by descriptor number. */
@ProviderType
public final class FileTable {
    /** What {@link #add} returns when the table is full. */
    public static final int FULL = -1;

    private final VmFiles files;
    private int limit;
    private OpenFile[] open = new OpenFile[8];

    FileTable(VmFiles files, int limit) {
        this.files = files;
        this.limit = limit;
    }

    /** The files that the descriptors come from. */
    public VmFiles files() {
        return files;
    }

    /** From now on only descriptors below {@code most} are given out; those above that are open stay so. */
    public void limit(long most) {
        limit = Math.clamp(most, 0, VmFiles.MAX_DESCRIPTORS);
    }

    /** The open file of a descriptor, or null. */
    public OpenFile get(int descriptor) {
        return descriptor < 0 || descriptor >= open.length ? null : open[descriptor];
    }

    /** Gives an open file the lowest free descriptor, or {@link #FULL}; the table then owns the reference. */
    public int add(OpenFile file) {
        int descriptor = 0;
        while (descriptor < open.length && open[descriptor] != null) {
            descriptor++;
        }
        if (descriptor >= limit) {
            return FULL;
        }
        if (descriptor == open.length) {
            open = Arrays.copyOf(open, Math.min(VmFiles.MAX_DESCRIPTORS, open.length * 2));
        }
        open[descriptor] = file;
        return descriptor;
    }

    /** Closes a descriptor; false if it is not open. */
    public boolean close(int descriptor) {
        OpenFile file = get(descriptor);
        if (file == null) {
            return false;
        }
        open[descriptor] = null;
        file.drop();
        return true;
    }

    /** A table for a child: the same open files under the same numbers. */
    public FileTable copy() {
        FileTable copy = new FileTable(files, limit);
        copy.open = open.clone();
        for (OpenFile file : copy.open) {
            if (file != null) {
                file.reference();
            }
        }
        return copy;
    }

    /** Closes every descriptor: the process exits. */
    public void closeAll() {
        for (int descriptor = 0; descriptor < open.length; descriptor++) {
            close(descriptor);
        }
    }
}
