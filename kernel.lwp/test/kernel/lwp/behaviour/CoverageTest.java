// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kernel.lwp.syscall.LwpCalls;
import kernel.vm.syscall.SyscallDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables are complete: every call, every error, and for every two errors which one wins. */
class CoverageTest {
    private final List<String> missing = new ArrayList<>();

    static Stream<Chapter> calls() {
        return Tables.read().stream().filter(Chapter::isCall);
    }

    @Test
    void everyCallHasAChapter() {
        Set<String> calls = new TreeSet<>(LwpCalls.all().stream().map(SyscallDescriptor::name)
                .filter(name -> name.contains("_lwp_")).toList());
        assertEquals(calls, new TreeSet<>(calls().map(Chapter::title).toList()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyErrorHappens(Chapter call) {
        for (Failure failure : call.failures()) {
            for (String revision : failure.revisions()) {
                if (call.situations().stream().noneMatch(s -> s.tagged(failure.label(), revision)
                        && yields(s, failure.errno(), revision))) {
                    missing.add("[" + failure.label() + "] under " + revision);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void oneOfTwoErrorsWins(Chapter call) {
        for (int first = 0; first < call.failures().size(); first++) {
            for (int second = first + 1; second < call.failures().size(); second++) {
                order(call, call.failures().get(first), call.failures().get(second));
            }
        }
        assertEquals(List.of(), missing);
    }

    private void order(Chapter call, Failure first, Failure second) {
        if (first.errno().equals(second.errno()) || call.exclusives().contains(first.label() + " " + second.label())) {
            return;
        }
        String tag = first.label() + " over " + second.label();
        for (String revision : first.revisions()) {
            if (second.revisions().contains(revision) && call.situations().stream()
                    .noneMatch(s -> s.tagged(tag, revision) && yields(s, first.errno(), revision))) {
                missing.add("[" + tag + "] under " + revision);
            }
        }
    }

    private static boolean yields(Situation situation, String errno, String revision) {
        int column = situation.revisions().indexOf(revision);
        return situation.steps().stream().anyMatch(step -> errno.equals(step.expectedOf(column)));
    }

    /** A tag that is misspelt would prove nothing. */
    @ParameterizedTest
    @MethodSource("calls")
    void tagsAreOfThisCall(Chapter call) {
        Set<String> labels = new TreeSet<>(call.failures().stream().map(Failure::label).toList());
        for (Situation situation : call.situations()) {
            for (String tag : situation.tags()) {
                boolean error = !tag.startsWith(Difference.TAG) && !Situation.namesQuirk(tag);
                if (error && !labels.containsAll(List.of(tag.split(" over ")))) {
                    missing.add(call.file() + ":" + situation.line() + ": [" + tag + "]");
                }
            }
        }
        for (String pair : call.exclusives()) {
            if (!labels.containsAll(List.of(pair.split(" ")))) {
                missing.add("exclusive " + pair);
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Every difference that can be seen is seen, and every situation names differences that exist. */
    @Test
    void everyDifferenceIsShown() {
        Set<String> shown = new TreeSet<>();
        for (Chapter chapter : Tables.read()) {
            for (Situation situation : chapter.situations()) {
                situation.tags().stream().filter(t -> t.startsWith(Difference.TAG))
                        .forEach(t -> shown.add(t.substring(Difference.TAG.length())));
            }
        }
        Set<String> listed = new TreeSet<>(Difference.all().stream().filter(Difference::visible)
                .map(Difference::topic).toList());
        assertEquals(listed, shown);
    }
}
