// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import userland.core.process.KernelScheduling;
import userland.core.process.LibraryChoice;
import userland.core.replay.ReplayProgram;
import userland.core.rtapp.RtAppReader;
import userland.core.rtapp.RtFile;
import userland.core.rtapp.RtProgram;
import userland.core.rtapp.RtTask;
import userland.core.strace.StraceReader;
import userland.core.text.Tally;
import userland.program.Program;
import userland.program.Programs;

/** Finds out what a workload is: a file, by its name and content, or a program. */
final class WorkloadLoader {
    private static final String RT_APP_SUFFIX = ".json";

    private final Programs programs;

    WorkloadLoader(Programs programs) {
        this.programs = programs;
    }

    /**
     * A workload that has not run yet.
     *
     * @throws IllegalArgumentException when there is no such file or program, or the file cannot be understood
     */
    Workload load(String name, List<String> arguments) {
        Program program = programs.find(name);
        if (program != null) {
            return new Workload(program, arguments, Map::of, null);
        }
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no workload '" + name + "': neither a file nor one of the programs "
                    + programs.all().stream().map(Program::name).collect(Collectors.joining(", ")));
        }
        List<String> rest = LibraryChoice.of(arguments).rest();
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("a workload file takes no arguments but libpthread=YEAR, but '"
                    + String.join(" ", rest) + "' follows " + name);
        }
        String text = read(file);
        boolean rtApp = name.endsWith(RT_APP_SUFFIX) || text.stripLeading().startsWith("{");
        return rtApp ? rtApp(name, text, arguments) : strace(name, text, arguments);
    }

    /** Bytes that are no UTF-8 can be in strings of a log; they do not matter. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static Workload rtApp(String name, String text, List<String> arguments) {
        RtFile file = RtAppReader.read(name, text);
        Tally atRun = new Tally();
        RtProgram program = new RtProgram(file, new KernelScheduling(atRun));
        return new Workload(program, arguments, () -> {
            Map<String, Long> all = atRun.counts();
            file.unsupported().forEach((key, count) -> all.merge(key, count, Long::sum));
            return all;
        }, endless(file));
    }

    private static String endless(RtFile file) {
        if (file.durationNanos() >= 0) {
            return null;
        }
        for (RtTask task : file.tasks()) {
            if (!task.ends() && task.instances() > 0) {
                return "task " + task.name() + " loops for ever and the file has no global.duration";
            }
        }
        return null;
    }

    private static Workload strace(String name, String text, List<String> arguments) {
        ReplayProgram program = new ReplayProgram(StraceReader.read(name, text));
        return new Workload(program, arguments, program::unsupported, null);
    }
}
