// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;
import java.util.stream.Collectors;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.syscall.LwpCalls;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.SyscallDescriptor;

/** Writes {@code docs/lwp.md} from the tables. */
final class LwpPage {
    private static final int VALUE_WIDTH = 12;
    private static final String HEAD = """
            # The LWP system calls, in three revisions

            Every call of `_lwp_*(2)` under `1.47` (2009), `1.76.2.1` (2020) and `1.84` (2023): its
            errors in the order in which they are tested for, and what happens in every situation
            that matters. The page is made from the tables in `kernel.lwp/test/behaviour`, and a
            test plays every situation below under every revision.
            [lwp-revisions.md](lwp-revisions.md) says how the revisions are built, and what is known
            to differ from the originals.

            A situation is a list of steps. `A` is the first LWP of a process, `B`, `C` and `D` are
            made with `new`; as an argument such a letter is the id of the LWP. `P` is the first LWP
            of a child process. `@name` is a place in memory, `@name=VALUE` puts something there
            first, `BAD` is an address where nothing is, and `EDGE(...)` is where memory ends.
            Behind a call stands what it returns: a value, an error, `asleep` if it does not return
            yet, `exits` if the LWP ends. With `...` the step waits until the call returns. `park()`
            is the park call of the revision. A clock tick is 10 ms. Where a quirk is named, the
            situation shows a defect that [can be switched off](lwp-revisions.md#defects).

            """;

    private final StringBuilder out = new StringBuilder(HEAD);

    private LwpPage() {
    }

    /** The whole page. */
    static String text() {
        LwpPage page = new LwpPage();
        page.differences();
        for (Chapter chapter : Tables.read()) {
            page.chapter(chapter);
        }
        return page.out.toString();
    }

    private void differences() {
        out.append("""
                ## What differs

                Each row has a script that shows it, side by side under the three revisions:
                `./kw run scripts/lwp/NAME.gosh`; or its situations are in the chapters below.

                | | 1.47 | 1.76.2.1 | 1.84 | script |
                |---|---|---|---|---|
                """);
        for (Difference difference : Difference.all()) {
            String script = difference.scripted()
                    ? "[" + difference.scenario() + "](../scripts/lwp/" + difference.scenario() + ".gosh)"
                    : difference.visible() ? "" : "cannot be seen";
            out.append("| ").append(difference.topic()).append(" | ").append(String.join(" | ", difference.columns()))
                    .append(" | ").append(script).append(" |\n");
        }
        out.append('\n');
    }

    private void chapter(Chapter chapter) {
        out.append("## ").append(chapter.isCall() ? "`" + chapter.title() + "`" : chapter.title()).append("\n\n");
        if (chapter.isCall()) {
            signature(chapter);
        }
        chapter.text().forEach(paragraph -> out.append(paragraph).append("\n\n"));
        if (!chapter.failures().isEmpty()) {
            failures(chapter);
        }
        situations(chapter);
    }

    private void signature(Chapter chapter) {
        SyscallDescriptor call = LwpCalls.all().stream().filter(c -> c.name().equals(chapter.title())).findFirst()
                .orElseThrow();
        String parameters = call.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
        out.append("`").append(call.name()).append("(").append(parameters).append(")`, number ").append(call.number())
                .append(", in ").append(revisions(chapter.revisions())).append(".\n\n");
    }

    private static String revisions(List<String> revisions) {
        return revisions.equals(Tables.REVISIONS) ? "all revisions" : String.join(" and ", revisions);
    }

    private void failures(Chapter chapter) {
        out.append("| error | in | when |\n|---|---|---|\n");
        for (Failure failure : chapter.failures()) {
            out.append("| `").append(failure.errno()).append("` | ").append(revisions(failure.revisions()))
                    .append(" | ").append(failure.when()).append(" |\n");
        }
        out.append('\n');
    }

    private void situations(Chapter chapter) {
        int width = chapter.situations().stream().flatMap(s -> s.steps().stream()).mapToInt(s -> s.what().length())
                .max().orElse(0) + 4;
        out.append("```\n").append(" ".repeat(width));
        for (String revision : Tables.REVISIONS) {
            out.append(padded(revision, VALUE_WIDTH));
        }
        endLine();
        for (Situation situation : chapter.situations()) {
            out.append('\n').append(situation.title()).append(note(situation)).append('\n');
            situation.steps().forEach(step -> step(situation, step, width));
        }
        out.append("```\n\n");
    }

    private static String note(Situation situation) {
        String quirks = situation.quirks().stream().map(LwpQuirk::id).collect(Collectors.joining(", "));
        return (quirks.isEmpty() ? "" : " (quirk " + quirks + ")")
                + (situation.cpus() == 1 ? " (one CPU)" : "")
                + (situation.uid() != 0 ? " (an ordinary user)" : "");
    }

    private void step(Situation situation, Step step, int width) {
        out.append(padded("  " + step.what(), width));
        if (step.expected().size() == 1 && step.expected().getFirst().length() >= VALUE_WIDTH) {
            out.append(step.expected().getFirst());
        } else if (!step.expected().isEmpty()) {
            for (String revision : Tables.REVISIONS) {
                int column = situation.revisions().indexOf(revision);
                out.append(padded(column < 0 ? "" : step.expectedOf(column), VALUE_WIDTH));
            }
        }
        endLine();
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }

    private void endLine() {
        int end = out.length();
        while (out.charAt(end - 1) == ' ') {
            end--;
        }
        out.setLength(end);
        out.append('\n');
    }
}
