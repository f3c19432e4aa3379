// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.List;

/**
 * A task of an rt-app file.
 *
 * @param instances threads it becomes
 * @param loop how often its phases run, negative for ever
 * @param delayNanos sleep before the first
 */
public record RtTask(String name, int instances, long loop, long delayNanos, RtScheduling scheduling,
        List<RtPhase> phases) {
    /** Whether its threads end by themselves. */
    public boolean ends() {
        return loop >= 0 && (loop == 0 || phases.stream().allMatch(phase -> phase.loop() >= 0));
    }
}
