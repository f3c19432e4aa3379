// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import java.util.ArrayList;
import java.util.List;

/** Everything {@code ./kw bench} measures. */
final class Rows {
    private static final int MILLION = 1_000_000;

    private Rows() {
    }

    static List<Row> all() {
        Probe continuation = Benchmark.of("ContinuationSwitch.resumeAndYield");
        Probe threads = Benchmark.of("HostHandOff.roundTrip");
        Probe hostFault = Benchmark.of("HostFault.touch");
        List<Row> rows = new ArrayList<>(List.of(
                new Row("switch", "context switch, 4bsd : bare continuation switch", "ns",
                        Benchmark.of("ContextSwitch.yield", "sched=4bsd"), continuation, Aim.ratio(2)),
                new Row("switch-m2", "context switch, m2 : bare continuation switch", "ns",
                        Benchmark.of("ContextSwitch.yield", "sched=m2"), continuation, Aim.ratio(2)),
                park("park", "1.84", 1, threads),
                park("park-147", "1.47", 1, threads),
                park("park-2cpus", "1.84", 2, threads),
                new Row("call", "_lwp_self, whole path", "ns", Benchmark.of("NullCall.lwpSelf"), null, Aim.value(20)),
                new Row("load", "load of a program, TLB hit", "ns",
                        Benchmark.of("UserAccess.access", "access=load"), null, Aim.value(5)),
                new Row("store", "store of a program, TLB hit", "ns",
                        Benchmark.of("UserAccess.access", "access=store"), null, Aim.value(5)),
                new Row("tlb", "TLB and memory alone", "ns", Benchmark.of("TlbHit.load"), null, Aim.value(5)),
                new Row("fault", "fresh page touched, amd64 : host", "ns",
                        Benchmark.of("SoftFault.touch", "machine=amd64"), hostFault, Aim.ratio(1)),
                new Row("fault-arm", "fresh page touched, aarch64 : host", "ns",
                        Benchmark.of("SoftFault.touch", "machine=aarch64"), hostFault, Aim.ratio(1)),
                new Row("mmap", "mmap and munmap of a page : host", "ns",
                        Benchmark.of("MapPair.ours"), Benchmark.of("MapPair.host"), Aim.ratio(1)),
                new Row("cow", "private file page written : host's fresh page", "ns",
                        Benchmark.of("PageCalls.copyOnWrite"), hostFault, null),
                new Row("mincore", "mincore, per page", "ns", Benchmark.of("PageCalls.mincore"), null, null),
                new Row("mprotect", "mprotect down and up, per resident page", "ns",
                        Benchmark.of("PageCalls.mprotect"), null, null),
                new Row("fork-page", "fork and exit, per resident page", "ns", Benchmark.of("PageCalls.fork"), null,
                        null),
                new Row("reclaim", "page from swap and another there, twoqueue", "ns",
                        Benchmark.of("Reclaim.writtenAndReadBack", "pageout=twoqueue"), null, null),
                new Row("reclaim-clock", "page from swap and another there, clock", "ns",
                        Benchmark.of("Reclaim.writtenAndReadBack", "pageout=clock"), null, null),
                new Row("use-sched", "use sched, 10,000 runnable LWPs", "µs",
                        Benchmark.of("Swap.swap", "slot=sched"), null, Aim.value(1000)),
                new Row("use-machine", "use machine, 10,000 resident pages", "µs",
                        Benchmark.of("Swap.swap", "slot=machine"), null, null),
                new Row("explore", "kernel booted, two LWPs park and unpark, closed", "µs",
                        Benchmark.of("KernelLife.parkAndUnpark"), null, Aim.value(20)),
                new Row("event", "one event, tracing off", "ns", Benchmark.of("EventCost.log"), null, null),
                new Row("trace", "park round trip traced : not traced", "ns",
                        Benchmark.of("ParkRoundTrip.traced", "revision=1.84", "cpus=1"),
                        Benchmark.of("ParkRoundTrip.roundTrip", "revision=1.84", "cpus=1"), Aim.ratio(1.5)),
                new Row("lwp", "heap of a parked LWP, 100,000 of them", "B",
                        new ParkedLwps(MILLION / 10, "2g", ParkedLwps.BYTES_EACH), null, Aim.value(2048)),
                new Row("million", "JVM with 1,000,000 parked LWPs", "MiB",
                        new ParkedLwps(MILLION, "3g", ParkedLwps.MOST_MEBIBYTES), null, Aim.value(4096)),
                new Row("prompt", "./kw to prompt", "ms", new Prompt(), null, Aim.value(2000))));
        rows.addAll(MapRows.all());
        return List.copyOf(rows);
    }

    private static Row park(String id, String revision, int cpus, Probe threads) {
        String where = cpus == 1 ? "" : ", " + cpus + " CPUs";
        return new Row(id, "park and unpark round trip, " + revision + where + " : two host threads", "ns",
                Benchmark.of("ParkRoundTrip.roundTrip", "revision=" + revision, "cpus=" + cpus), threads, Aim.ratio(1));
    }
}
