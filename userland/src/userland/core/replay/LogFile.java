// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

/** A file that the log opened; only its size and its number in the replay matter. */
final class LogFile {
    /** Place in the process's table of descriptors. */
    final int index;
    /** Step that opens it. */
    final Step opener;
    /** Bytes that mappings reach to; 0 for a file that is never mapped. */
    long mappedBytes;

    LogFile(int index, Step opener) {
        this.index = index;
        this.opener = opener;
    }
}
