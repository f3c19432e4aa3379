// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** The variants of one kernel that were evicted, of all slots. Engine thread only. */
@ProviderType
public final class Evictions {
    private static final int KEPT = 64;

    private final List<EvictionReport> reports = new ArrayList<>();
    private final Set<String> out = new TreeSet<>();
    private Supplier<String> holder = () -> "";
    private int count;

    /** Makes an empty list. */
    public Evictions() {
    }

    /** Says who knows which task holds the current CPU, {@code pid.lid}. */
    public void holder(Supplier<String> source) {
        holder = source;
    }

    /** The task that holds the current CPU; empty if nobody knows. */
    public String holder() {
        return holder.get();
    }

    /** One more; the oldest is forgotten when there are too many. */
    public void add(EvictionReport report) {
        count++;
        if (reports.size() == KEPT) {
            reports.removeFirst();
        }
        reports.add(report);
    }

    /** Says that something which fills no slot is not called any more by this kernel. */
    public void takeOut(String kind, String name) {
        out.add(kind + ' ' + name);
    }

    /** Whether {@link #takeOut} was said of it. */
    public boolean isOut(String kind, String name) {
        return !out.isEmpty() && out.contains(kind + ' ' + name);
    }

    /** What happened, oldest first; the latest {@value #KEPT}. */
    public List<EvictionReport> reports() {
        return List.copyOf(reports);
    }

    /** The same of one slot. */
    public List<EvictionReport> reports(String slot) {
        return reports.stream().filter(report -> report.slot().equals(slot)).toList();
    }

    /** How many there were in all. */
    public int count() {
        return count;
    }
}
