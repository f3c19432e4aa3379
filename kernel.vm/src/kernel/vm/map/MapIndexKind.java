// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import java.util.Objects;
import java.util.function.LongFunction;
import org.osgi.annotation.versioning.ProviderType;

/** A structure in which maps find their entries: what fills the slot {@code mapindex}. Immutable. */
@ProviderType
public final class MapIndexKind {
    private final String name;
    private final LongFunction<EntryIndex> maker;

    private MapIndexKind(String name, LongFunction<EntryIndex> maker) {
        this.name = Objects.requireNonNull(name, "name");
        this.maker = maker;
    }

    /** Two levels of plain arrays, kind to the host's caches. */
    public static MapIndexKind chunks() {
        return new MapIndexKind("chunks", ChunkedIndex::new);
    }

    /** The splay tree of the original. */
    public static MapIndexKind splay() {
        return new MapIndexKind("splay", SplayIndex::new);
    }

    /** A red-black tree. */
    public static MapIndexKind rbtree() {
        return new MapIndexKind("rbtree", RedBlackIndex::new);
    }

    public String name() {
        return name;
    }

    EntryIndex create(long maxAddress) {
        return maker.apply(maxAddress);
    }
}
