// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A structure in which maps find their entries: what fills the slot {@code mapindex}.
 *
 * <p>Another bundle registers its own as a service of this type in prototype scope, with {@code kernel.slot=mapindex}
 * and {@code kernel.variant=} its name. Called on the engine thread, at safe points and when an address space is made.
 */
@ConsumerType
public interface MapIndexKind {
    /** The name of the variant. */
    String name();

    /** An empty index for a map whose addresses end at {@code maxAddress}. */
    EntryIndex create(long maxAddress);

    /** Two levels of plain arrays, kind to the host's caches. */
    static MapIndexKind chunks() {
        return new ShippedIndexKind("chunks", ChunkedIndex::new);
    }

    /** The splay tree of the original. */
    static MapIndexKind splay() {
        return new ShippedIndexKind("splay", SplayIndex::new);
    }

    /** A red-black tree. */
    static MapIndexKind rbtree() {
        return new ShippedIndexKind("rbtree", RedBlackIndex::new);
    }
}
