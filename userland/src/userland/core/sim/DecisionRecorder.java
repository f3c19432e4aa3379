// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import machine.core.event.EventSink;
import machine.core.event.EventType;
import userland.quantity.DurationText;
import userland.sim.Comparison;

/**
 * Keeps the events of a run, or compares them with those another run kept.
 *
 * <p>Events are compared by CPU, kind and values, without addresses: a difference in time or in where something lies alone is
 * no other decision, since variants cost different time and lay out memory differently.
 */
final class DecisionRecorder implements EventSink {
    /** Runs are kept up to here; later differences are not found. About 200 MB. */
    private static final int MAX_EVENTS = 4_000_000;
    private static final int WORDS = 5;
    /** Says which variant fills a slot, which is the difference asked for and no decision. */
    private static final String SLOT_EVENTS = "swap.";

    private final DecisionRecorder reference;
    private final List<EventType> types = new ArrayList<>();
    private long[] words = new long[1 << 12];
    private int count;
    private boolean parted;
    private String firstText;
    private String otherText;

    /** @param reference run to compare with, or null to keep this one */
    DecisionRecorder(DecisionRecorder reference) {
        this.reference = reference;
    }

    @Override
    public void event(long sequence, long timeNanos, int cpu, EventType type, long a, long b, long c) {
        if (parted || count == MAX_EVENTS || type.name().startsWith(SLOT_EVENTS)) {
            return;
        }
        if (reference == null) {
            keep(timeNanos, cpu, type, a, b, c);
        } else if (count >= reference.count || !reference.same(count, cpu, type, a, b, c)) {
            parted = true;
            otherText = text(timeNanos, cpu, type, a, b, c);
            firstText = reference.text(count);
            return;
        }
        count++;
    }

    private void keep(long timeNanos, int cpu, EventType type, long a, long b, long c) {
        int at = count * WORDS;
        if (at == words.length || at + WORDS > words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        words[at] = timeNanos;
        words[at + 1] = cpu;
        words[at + 2] = a;
        words[at + 3] = b;
        words[at + 4] = c;
        types.add(type);
    }

    private boolean same(int index, int cpu, EventType type, long a, long b, long c) {
        int at = index * WORDS;
        return types.get(index).equals(type) && words[at + 1] == cpu && same(type, 0, words[at + 2], a)
                && same(type, 1, words[at + 3], b) && same(type, 2, words[at + 4], c);
    }

    private static boolean same(EventType type, int field, long one, long other) {
        return one == other || field < type.fields().size() && isAddress(type.fields().get(field));
    }

    private static boolean isAddress(String field) {
        return field.equals("channel") || field.equals("address");
    }

    /** What the comparison found, after the run. */
    Comparison.Divergence divergence(String variant) {
        if (!parted && count < reference.count) {
            parted = true;
            firstText = reference.text(count);
        }
        Comparison.Divergence divergence = new Comparison.Divergence();
        divergence.variant = variant;
        divergence.event = parted ? count : -1;
        divergence.compared = count == MAX_EVENTS ? count : -1;
        divergence.first = firstText;
        divergence.other = otherText;
        return divergence;
    }

    private String text(int index) {
        if (index >= count) {
            return null;
        }
        int at = index * WORDS;
        return text(words[at], (int) words[at + 1], types.get(index), words[at + 2], words[at + 3], words[at + 4]);
    }

    private static String text(long timeNanos, int cpu, EventType type, long a, long b, long c) {
        StringBuilder text = new StringBuilder().append(DurationText.format(timeNanos)).append(' ')
                .append(cpu < 0 ? "outside" : "cpu" + cpu).append(' ').append(type.name());
        long[] values = {a, b, c};
        for (int i = 0; i < type.fields().size(); i++) {
            String field = type.fields().get(i);
            text.append(' ').append(field).append('=')
                    .append(isAddress(field) ? "0x" + Long.toHexString(values[i]) : Long.toString(values[i]));
        }
        return text.toString();
    }
}
