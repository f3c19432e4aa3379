// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import userland.core.text.Tally;

/**
 * Finds for every futex wait of one process who ended it.
 *
 * <p>A wait that returned 0 was ended by a wake on the same address that was under way while it slept;
 * or, on the address given to {@code clone} for that, by the end of a thread. The replay makes the
 * waiter park until the waker unparks it. A wait whose waker the log does not have lasts as long as it
 * did in the log.
 */
final class FutexPlan {
    private final LogText text;
    private final Tokens tokens;
    private final Tally unsupported;
    private final Map<Long, Long> groups = new HashMap<>();
    private final Map<Long, List<Wake>> wakes = new HashMap<>();
    private final Map<Long, List<LoggedCall>> threadEnds = new HashMap<>();

    FutexPlan(LogText text, Tokens tokens, Tally unsupported) {
        this.text = text;
        this.tokens = tokens;
        this.unsupported = unsupported;
    }

    /** A wake that may still have woken {@code left} waiters. */
    private static final class Wake {
        final LoggedCall call;
        long left;
        boolean used;

        Wake(LoggedCall call) {
            this.call = call;
            this.left = call.call().result();
        }
    }

    void plan(List<LoggedCall> futexes) {
        for (LoggedCall futex : futexes) {
            if (operation(futex).contains("REQUEUE")) {
                join(text.number(futex.call(), 0), text.number(futex.call(), 4));
            }
        }
        List<LoggedCall> waits = new ArrayList<>();
        for (LoggedCall futex : futexes) {
            sort(futex, waits);
        }
        waits.sort(Comparator.comparingInt(wait -> wait.call().endLine()));
        waits.forEach(this::match);
        for (List<Wake> list : wakes.values()) {
            for (Wake wake : list) {
                if (!wake.used) {
                    wake.call.step().actions.add(new Action.WakeNobody());
                }
            }
        }
    }

    /** Says that the end of a thread, its last step, wakes who waits on an address. */
    void threadEnd(long address, LoggedCall end) {
        threadEnds.computeIfAbsent(address, unused -> new ArrayList<>()).add(end);
    }

    private void sort(LoggedCall futex, List<LoggedCall> waits) {
        String operation = operation(futex);
        boolean wait = operation.startsWith("FUTEX_WAIT");
        if (wait && futex.call().succeeded()) {
            waits.add(futex);
        } else if (wait && "ETIMEDOUT".equals(futex.call().errno())) {
            futex.step().actions.add(new Action.Sleep(timeout(futex)));
        } else if (operation.startsWith("FUTEX_WAKE") || operation.contains("REQUEUE")) {
            if (futex.call().succeeded()) {
                wakes.computeIfAbsent(group(text.number(futex.call(), 0)), unused -> new ArrayList<>())
                        .add(new Wake(futex));
            }
        } else if (!wait) {
            unsupported.add("futex " + operation);
        }
    }

    private long timeout(LoggedCall futex) {
        if (futex.call().startNanos() >= 0) {
            return futex.call().nanos();
        }
        boolean relative = operation(futex).equals("FUTEX_WAIT");
        return relative ? Math.max(0, text.timespec(futex.call(), 3)) : 0;
    }

    private void match(LoggedCall wait) {
        long address = text.number(wait.call(), 0);
        for (Wake wake : wakes.getOrDefault(group(address), List.of())) {
            if (wake.left > 0 && wake.call.thread() != wait.thread() && overlaps(wake.call, wait)) {
                wake.left--;
                wake.used = true;
                tokens.order(wake.call.step(), wake.call.thread(), wait.step(), wait.thread());
                return;
            }
        }
        for (LoggedCall end : threadEnds.getOrDefault(address, List.of())) {
            if (end.thread() != wait.thread() && end.call().startLine() < wait.call().endLine()) {
                tokens.order(end.step(), end.thread(), wait.step(), wait.thread());
                return;
            }
        }
        unsupported.add("futex wait without a waker in the log");
        wait.step().actions.add(new Action.Sleep(wait.call().nanos()));
    }

    private static boolean overlaps(LoggedCall wake, LoggedCall wait) {
        return wake.call().startLine() < wait.call().endLine() && wake.call().endLine() > wait.call().startLine();
    }

    private static String operation(LoggedCall futex) {
        String text = futex.call().argument(1);
        int bar = text.indexOf('|');
        return (bar < 0 ? text : text.substring(0, bar)).replace("_PRIVATE", "");
    }

    /** Requeued waiters wait on a second address: both count as one. */
    private void join(long first, long second) {
        groups.put(group(second), group(first));
    }

    private long group(long address) {
        long root = address;
        for (Long next = groups.get(root); next != null && next != root; next = groups.get(root)) {
            root = next;
        }
        return root;
    }
}
