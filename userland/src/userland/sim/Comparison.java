// SPDX-License-Identifier: BSD-2-Clause
package userland.sim;

import java.util.ArrayList;
import java.util.List;
import org.osgi.dto.DTO;

/** The same workload under several variants of one slot, with the same seeds. */
public class Comparison extends DTO {
    /** Slot that differed. */
    public String slot;
    /** Its variants, in the order asked for. */
    public List<String> variants = new ArrayList<>();
    /** Seeds that every variant ran with; the first is the request's. */
    public List<Long> seeds = new ArrayList<>();
    /** One report per variant, in the same order, of the run with the first seed. */
    public List<SimReport> reports = new ArrayList<>();
    /** What was measured in the runs of all seeds. */
    public List<Measure> measures = new ArrayList<>();
    /** Where each later variant first differs from the first one with the first seed; one less than there are variants. */
    public List<Divergence> divergences = new ArrayList<>();
    /** What went wrong in the runs of any seed: variant, seed and the sentence of the report. */
    public List<String> failures = new ArrayList<>();

    /** How a number of the report is to be read. */
    public enum Unit {
        /** Nanoseconds. */
        NANOS,
        /** How often. */
        COUNT,
        /** A ratio without unit. */
        RATIO
    }

    /** One measure. */
    public static class Measure extends DTO {
        /** Name, for people. */
        public String name;
        /** Unit of the values. */
        public Unit unit;
        /** What the runs of each variant gave, in the order of the variants. */
        public List<Spread> spreads = new ArrayList<>();
    }

    /** What several runs gave; all three are the same when there was one. */
    public static class Spread extends DTO {
        /** Middle value. */
        public double median;
        /** Least value. */
        public double least;
        /** Largest value. */
        public double most;
    }

    /** First event in which two runs differ. */
    public static class Divergence extends DTO {
        /** Variant compared with the first one. */
        public String variant;
        /** Index of the event in both logs, from 0; negative when there is none. */
        public long event;
        /** How many events were compared when the runs are too long to compare all; else negative. */
        public long compared = -1;
        /** The event of the first variant as text, or null when its log ended. */
        public String first;
        /** The event of this variant as text, or null when its log ended. */
        public String other;
    }
}
