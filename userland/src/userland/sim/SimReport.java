// SPDX-License-Identifier: BSD-2-Clause
package userland.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.dto.DTO;

/**
 * What came out of one run; its public fields are the keys of {@code sim --json}.
 *
 * <p>Two runs of the same request differ in {@link #hostNanos} and in the host times of
 * {@link Swap#phases} only.
 */
public class SimReport extends DTO {
    /** The request's workload: a program name or the path as it was given. */
    public String workload;
    /** Active variant of the {@code machine} slot at boot. */
    public String machine;
    /** Active variant of the {@code sched} slot at boot. */
    public String sched;
    /** Active variant of the {@code lwp} slot at boot. */
    public String lwp;
    /** Active variant of the {@code vm} slot at boot. */
    public String vm;
    /** Active variant of every slot at boot, the four above among them. */
    public Map<String, String> variants = new LinkedHashMap<>();
    /** Simulated CPUs. */
    public int cpus;
    /** Seed of tie-breaks and random streams. */
    public long seed;
    /** Virtual time at the end of the run. */
    public long virtualNanos;
    /** Host time the run took. */
    public long hostNanos;
    /** Events logged. */
    public long events;
    /** Hash of the event log, 16 hexadecimal digits. */
    public String hash;
    /** Context switches. */
    public long switches;
    /** Moves of LWPs to another CPU. */
    public long migrations;
    /** Computation that the tasks got done in user mode. */
    public long workNanos;
    /** Page faults of every kind. */
    public long faults;
    /** How often a run-queue, sleep-queue or process lock was not free. */
    public long lockContentions;
    /** System calls that returned. */
    public long calls;
    /** Name of an errno to how many of them ended with it, by name; what is not there did not occur. */
    public Map<String, Long> errors = new TreeMap<>();
    /** What the kernel counted, by name, as {@code vmstat} shows it. */
    public Map<String, Long> counters = new LinkedHashMap<>();
    /** Every LWP of the workload, in order of creation. */
    public List<Task> tasks = new ArrayList<>();
    /** Every swap asked for, in order of time. */
    public List<Swap> swaps = new ArrayList<>();
    /** What the workload asked for and has no counterpart here, with how often. */
    public Map<String, Long> unsupported = new LinkedHashMap<>();
    /** What went wrong, one sentence each; empty when all went well. */
    public List<String> failures = new ArrayList<>();

    /** Who ran when, in order of time; null unless {@link SimRequest#timeline} asked for it. */
    public List<Slice> timeline;

    /** One LWP on one CPU without interruption. */
    public static class Slice extends DTO {
        /** CPU. */
        public int cpu;
        /** Process. */
        public int pid;
        /** LWP id. */
        public int lid;
        /** Virtual time at which it got the CPU. */
        public long fromNanos;
        /** Virtual time at which it left it. */
        public long untilNanos;
    }

    /** One LWP of the workload. */
    public static class Task extends DTO {
        /** Name the workload gave it. */
        public String name;
        /** Process. */
        public int pid;
        /** LWP id. */
        public int lid;
        /** Virtual time on a CPU. */
        public long runNanos;
        /** Virtual time runnable but not running. */
        public long waitNanos;
        /** Computation done in user mode. */
        public long workNanos;
        /** Moves to another CPU. */
        public long migrations;
        /** Median time from wake-up to running; 0 when it never slept. */
        public long wakeupP50Nanos;
        /** 99th percentile of the same. */
        public long wakeupP99Nanos;
        /** Largest of the same. */
        public long wakeupMaxNanos;
        /**
         * How its process ended: {@code exit 0}, {@code signal 11 SIGSEGV}. {@code exited} when only the LWP did,
         * {@code running} when neither did before the run was over.
         */
        public String exit;
    }

    /** One swap of one slot. */
    public static class Swap extends DTO {
        /** Slot. */
        public String slot;
        /** Variant before. */
        public String from;
        /** Variant asked for. */
        public String to;
        /** Virtual time at which it happened. */
        public long atNanos;
        /** {@code committed}, or {@code refused: } and the reason. */
        public String outcome;
        /** Tasks or pages moved. */
        public int moved;
        /** Virtual time for which the CPUs stood still. */
        public long virtualPauseNanos;
        /** Host nanoseconds of each phase, in order. */
        public Map<String, Long> phases = new LinkedHashMap<>();
        /** Whether nothing holds the old variant any more. */
        public boolean loaderReleased;
    }
}
