// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.List;
import java.util.stream.Collectors;
import kernel.vm.call.VmCalls;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.SyscallDescriptor;

/** Writes {@code docs/mmap.md} from the tables. */
final class MmapPage {
    private static final int VALUE_WIDTH = 12;
    private static final String HEAD = """
            # The memory and file calls: what they refuse, and what they look at first

            Every call of the memory layer under the profiles `seed`, `fixed` and `modern`: its errors
            in the order in which they are looked for, and calls that show where the limits are. The
            page is made from the tables in `kernel.vm/test/errno`. A test plays every line below under
            every profile, with words of 64 and of 32 bits, and every two errors that can be the case at
            once: the one that stands first is found. [vm.md](vm.md) says what the profiles are.

            A call is made with the usual arguments but for those named; `flags+FIXED` adds a flag.
            `A` is the first of four anonymous pages, `HOLE` the page behind them, which is not mapped,
            `B` the next one, a page of a memory file that is open for reading only, and `END` what
            follows. `P` is a page, `MAX` the end of the user's addresses, `ALL` the greatest word and
            `HALF` the first that is negative, `BAD` an address where nothing is. Descriptors are named
            by what they are: `RDWR`, `RDONLY`, `WRONLY` a file of four pages, `DIR`, `SHM`, `ZERO` the
            device of zeros, `FB` the frame buffer, `SOCKET`, `PIPE_R`, `FIFO`, and so on; `_R` is open
            for reading only, `_W` for writing only. The rest is what holds around the call: limits,
            what is locked or mapped, who calls (`as=user`), what fails.

            """;

    private final StringBuilder out = new StringBuilder(HEAD);

    private MmapPage() {
    }

    /** The whole page. */
    static String text() {
        MmapPage page = new MmapPage();
        Tables.read().forEach(page::chapter);
        return page.out.toString();
    }

    private void chapter(Chapter chapter) {
        SyscallDescriptor call = VmCalls.named(chapter.call());
        String parameters = call.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
        out.append("## `").append(call.name()).append("`\n\n`").append(call.name()).append('(').append(parameters)
                .append(")`, number ").append(call.number()).append(".");
        if (!chapter.usual().isEmpty()) {
            out.append(" Usual: `").append(chapter.usual().getFirst()).append("`.");
        }
        out.append("\n\n");
        chapter.text().forEach(paragraph -> out.append(paragraph).append("\n\n"));
        if (!chapter.faults().isEmpty()) {
            out.append("| error | in | when | for example |\n|---|---|---|---|\n");
            chapter.faults().forEach(this::fault);
            out.append('\n');
        }
        for (String reason : chapter.unreachable()) {
            String[] halves = reason.split(": ", 2);
            out.append("Never `").append(halves[0]).append("`: ").append(halves[1]).append(".\n\n");
        }
        rows(chapter);
    }

    private void fault(Fault fault) {
        out.append("| `").append(fault.errno()).append("` | ").append(profiles(fault.profiles())).append(" | ")
                .append(fault.when()).append(" | ").append(ways(fault)).append(" |\n");
    }

    /** A bar would end the column. */
    private static String ways(Fault fault) {
        return fault.ways().stream().map(way -> "`" + way.toString().replace("|", ",") + "`")
                .collect(Collectors.joining("; "));
    }

    private static String profiles(List<String> profiles) {
        return profiles.equals(Tables.PROFILES) ? "all" : String.join(", ", profiles);
    }

    private void rows(Chapter chapter) {
        if (chapter.rows().isEmpty()) {
            return;
        }
        int title = width(chapter, true);
        int settings = width(chapter, false);
        out.append("```\n").append(" ".repeat(title + settings));
        Tables.PROFILES.forEach(profile -> out.append(padded(profile, VALUE_WIDTH)));
        endLine();
        for (Row row : chapter.rows()) {
            out.append(padded(row.title(), title)).append(padded(row.settings().toString(), settings));
            for (int profile = 0; profile < Tables.PROFILES.size(); profile++) {
                out.append(padded(row.expectedOf(profile), VALUE_WIDTH));
            }
            endLine();
        }
        out.append("```\n\n");
    }

    private static int width(Chapter chapter, boolean title) {
        return 2 + chapter.rows().stream().mapToInt(r -> (title ? r.title() : r.settings().toString()).length()).max()
                .orElse(0);
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
