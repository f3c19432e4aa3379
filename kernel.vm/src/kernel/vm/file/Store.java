// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;

/** The bytes behind a file, outside of simulated memory. */
interface Store {
    /** Reads up to {@code length} bytes; how many there were (less only at the end). */
    int read(long position, byte[] to, int length) throws IOException;

    void write(long position, byte[] from, int length) throws IOException;

    /** Cuts the bytes or extends them with zeros. */
    void resize(long sizeBytes) throws IOException;

    /** Makes sure that what was written survives. */
    void sync() throws IOException;

    void close() throws IOException;
}
