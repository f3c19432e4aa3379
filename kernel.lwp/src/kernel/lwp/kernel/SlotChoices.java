// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import machine.core.slot.SwapRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the user chose for each slot.
 *
 * <p>When a bundle takes the chosen variant away, the slot falls back to the variant chosen before it, or to any
 * other there is; when the chosen variant comes back, so does the slot. May be read by any thread.
 */
@ProviderType
public final class SlotChoices {
    private final Map<String, String> chosen = new ConcurrentSkipListMap<>();
    private final Map<String, String> previous = new ConcurrentSkipListMap<>();

    SlotChoices() {
    }

    /** The user's last choice, or null. */
    public String chosen(String slot) {
        return chosen.get(slot);
    }

    /** The user's choice before the last one; after the first one the standard variant, or null if it is that. */
    public String previous(String slot) {
        return previous.get(slot);
    }

    void chosen(List<SwapRequest> requests) {
        for (SwapRequest request : requests) {
            String first = chosen.put(request.slot(), request.variant());
            String before = first == null ? KernelConfig.standard().variants().get(request.slot()) : first;
            if (before != null && !before.equals(request.variant())) {
                previous.put(request.slot(), before);
            }
        }
    }
}
