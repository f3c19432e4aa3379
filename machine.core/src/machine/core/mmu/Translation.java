// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a walker found; one per MMU, filled again at every walk.
 *
 * <p>On success a walker sets {@link #frame}, {@link #rights}, {@link #pageShift}, {@link #global} and
 * {@link #dirtyKnown}; on a fault {@link #level} and {@link #statusCode}; in both cases
 * {@link #memoryReads}. The MMU clears everything before the walk.
 */
@ProviderType
public final class Translation {

    /** Physical address of the first byte of the page, aligned to its size. */
    public long frame;
    /** {@link Access} bits granted to user code. */
    public int rights;
    /** log2 of the page size in bytes, at least 12. */
    public int pageShift;
    /** Whether the translation is valid in every address space. */
    public boolean global;
    /** Whether the dirty state needs no update on a later write through the cached entry. */
    public boolean dirtyKnown;
    /** Level of the leaf or of the descriptor that ended the walk. */
    public int level;
    /** The machine's own fault code. */
    public int statusCode;
    /** Descriptors read; each costs a {@code WALK_LEVEL}. */
    public int memoryReads;

    /** Makes an empty one. */
    public Translation() {
    }

    void clear() {
        frame = 0;
        rights = 0;
        pageShift = 0;
        global = false;
        dirtyKnown = false;
        level = 0;
        statusCode = 0;
        memoryReads = 0;
    }
}
