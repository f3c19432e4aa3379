// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.quirk;

import java.util.List;

/** Documented defects of the schedulers' originals. */
public enum SchedQuirk implements NamedQuirk {
    /** A reaper absorbs the estimate of the reaped LWP without a ceiling; off, the sum is limited like any estimate. */
    COLLECT_UNCAPPED("S1", "4bsd", "collecting busy LWPs gives their whole CPU estimate to the collector"),
    /** The decay of each second takes the load of the whole machine; off, that of one CPU, as the catch-up does. */
    LOAD_UNDIVIDED("S2", "4bsd", "the CPU estimates decay by the load of the whole machine, not by that of one CPU");

    private final String id;
    private final String scheduler;
    private final String description;

    SchedQuirk(String id, String scheduler, String description) {
        this.id = id;
        this.scheduler = scheduler;
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
        return List.of(scheduler);
    }
}
