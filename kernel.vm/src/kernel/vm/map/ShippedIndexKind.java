// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import java.util.function.LongFunction;

/**
 * One of the structures of this bundle.
 *
 * @param name the name of the variant
 * @param maker makes an empty index
 */
record ShippedIndexKind(String name, LongFunction<EntryIndex> maker) implements MapIndexKind {
    @Override
    public EntryIndex create(long maxAddress) {
        return maker.apply(maxAddress);
    }
}
