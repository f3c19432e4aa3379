// SPDX-License-Identifier: BSD-2-Clause
package userland.sim;

import java.util.ArrayList;
import java.util.List;
import org.osgi.dto.DTO;

/** The same workload under several variants of one slot, with the same seed. */
public class Comparison extends DTO {
    /** Slot that differed. */
    public String slot;
    /** Its variants, in the order asked for. */
    public List<String> variants = new ArrayList<>();
    /** One report per variant, in the same order. */
    public List<SimReport> reports = new ArrayList<>();
    /** Where each later variant first differs from the first one; one less than there are variants. */
    public List<Divergence> divergences = new ArrayList<>();

    /** First event in which two runs differ. */
    public static class Divergence extends DTO {
        /** Variant compared with the first one. */
        public String variant;
        /** Index of the event in both logs, from 0; negative when the runs are equal. */
        public long event;
        /** The event of the first variant as text, or null when its log ended. */
        public String first;
        /** The event of this variant as text, or null when its log ended. */
        public String other;
    }
}
