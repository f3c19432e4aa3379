// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import kernel.lwp.revision.LwpQuirk;

/**
 * LWPs that can never go on, and why.
 *
 * @param lwps their labels, such as {@code 1.2}
 * @param whole whether these are all LWPs of their process
 * @param quirk the defect that is to blame, or null
 * @param text one sentence that names them and the reason
 */
public record Hang(List<String> lwps, boolean whole, LwpQuirk quirk, String text) {
    /** Copies the list. */
    public Hang {
        lwps = List.copyOf(lwps);
    }
}
