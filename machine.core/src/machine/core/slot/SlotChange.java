// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.lang.ref.WeakReference;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What happened to one slot in a swap.
 *
 * @param slot name of the slot
 * @param from variant before, or null if it was vacant
 * @param to variant after, or null if it is vacant
 * @param moved tasks, pages or other things that crossed
 * @param old the old instance, weakly, to see later whether it was let go; cleared if there was none
 */
@ProviderType
public record SlotChange(String slot, String from, String to, int moved, WeakReference<Object> old) {

    /** Whether the old instance has been collected. */
    public boolean oldCollected() {
        return old.refersTo(null);
    }
}
