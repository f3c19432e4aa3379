// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.List;

/**
 * Events that a task repeats.
 *
 * @param loop how often, negative for ever
 * @param scheduling what the phase changes, {@link RtScheduling#UNCHANGED} when nothing
 */
public record RtPhase(String name, long loop, RtScheduling scheduling, List<RtEvent> events) {
}
