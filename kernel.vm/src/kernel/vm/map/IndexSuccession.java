// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import machine.core.slot.Succession;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * Makes the indexes of all maps again when their kind is evicted; the lists of entries are never wrong.
 *
 * <p>Where there is nobody else, the memory layer goes on with the index that it brings itself until the kernel halts.
 */
@Guard
final class IndexSuccession implements Succession {
    private final VmSpaces spaces;

    IndexSuccession(VmSpaces spaces) {
        this.spaces = spaces;
    }

    @Override
    public void expel() {
        // Nothing of it is kept.
    }

    @Override
    public void succeed(VariantHandle next) {
        int outer = spaces.guard().enter();
        try {
            spaces.index(next == null ? MapIndexKind.chunks() : (MapIndexKind) next.instance());
            spaces.guard().exit(outer);
        } catch (Throwable e) {
            spaces.guard().threw("insert", outer, e, spaces.guard().handle() == next);
        }
    }
}
