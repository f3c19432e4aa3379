// SPDX-License-Identifier: BSD-2-Clause
package userland.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.kernel.QuirkChoice;
import machine.core.engine.Topology;
import machine.core.event.EventSink;
import org.osgi.dto.DTO;

/**
 * What to run, on which kernel, for how long.
 *
 * <p>Fields left null or negative take the defaults of a booted kernel. A request is read once,
 * by the call it is given to.
 */
public class SimRequest extends DTO {
    /** Path of an rt-app file ({@code .json}) or an strace log, or the name of a program. */
    public String workload;
    /** Arguments when the workload is a program. */
    public List<String> arguments = new ArrayList<>();
    /** Slot to variant, for slots that are not to have the default. */
    public Map<String, String> variants = new TreeMap<>();
    /** Simulated CPUs and what they share, or null. */
    public Topology topology;
    /** What is chosen of the quirks, one after the other. */
    public List<QuirkChoice> quirks = new ArrayList<>();
    /** Bytes of physical memory, or negative. */
    public long memoryBytes = -1;
    /** Bytes of the swap device, or negative. */
    public long swapBytes = -1;
    /** Seed. */
    public long seed = 1;
    /** Interleaving quantum in virtual nanoseconds, or negative. */
    public long quantumNanos = -1;
    /** Virtual time after which the run ends, or negative for the end of the workload. */
    public long durationNanos = -1;
    /** Swaps to make. */
    public List<SwapOption> swaps = new ArrayList<>();
    /** Check the invariants after every slice of the run. */
    public boolean check;
    /** Put the timeline into the report. */
    public boolean timeline;
    /** Sees every event of the run, or null. */
    public EventSink sink;

    /** A request with the same values. */
    public SimRequest copy() {
        SimRequest copy = new SimRequest();
        copy.workload = workload;
        copy.arguments = new ArrayList<>(arguments);
        copy.variants = new TreeMap<>(variants);
        copy.topology = topology;
        copy.quirks = new ArrayList<>(quirks);
        copy.memoryBytes = memoryBytes;
        copy.swapBytes = swapBytes;
        copy.seed = seed;
        copy.quantumNanos = quantumNanos;
        copy.durationNanos = durationNanos;
        copy.swaps = new ArrayList<>(swaps);
        copy.check = check;
        copy.timeline = timeline;
        copy.sink = sink;
        return copy;
    }
}
