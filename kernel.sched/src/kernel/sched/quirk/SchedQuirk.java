// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.quirk;

import java.util.List;

/** Documented defects of the schedulers' originals. */
public enum SchedQuirk implements NamedQuirk {
    /** A reaper absorbs the estimate of the reaped LWP without a ceiling; off, the sum is limited like any estimate. */
    COLLECT_UNCAPPED("S1", List.of("4bsd"), "collecting busy LWPs gives their whole CPU estimate to the collector"),
    /** The decay of each second takes the load of the whole machine; off, that of one CPU, as the catch-up does. */
    LOAD_UNDIVIDED("S2", List.of("4bsd"), "the CPU estimates decay by the load of the whole machine, not by that of one CPU"),
    /** The 2009 balancer halves a whole number; off, it keeps eight more bits, as later revisions do. */
    AVERAGE_TRUNCATED("S3", List.of("4bsd", "m2"), "2009: an idle CPU leaves a task alone that is the only one that waits on another CPU");

    private final String id;
    private final List<String> schedulers;
    private final String description;

    SchedQuirk(String id, List<String> schedulers, String description) {
        this.id = id;
        this.schedulers = schedulers;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> variants() {
        return schedulers;
    }
}
