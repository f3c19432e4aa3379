// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kernel.vm.call.VmCalls;
import kernel.vm.syscall.SyscallDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables are complete: every call, every errno that the code can give, and for every two which one wins. */
class ErrnoCoverageTest {
    private static final Pattern ERRNO = Pattern.compile("Errno\\.(E[A-Z0-9]+)");

    static Stream<Chapter> chapters() {
        return Tables.read().stream();
    }

    @Test
    void everyCallHasAChapter() {
        Set<String> calls = new TreeSet<>(VmCalls.all().stream().map(SyscallDescriptor::name).toList());
        assertEquals(calls, new TreeSet<>(chapters().map(Chapter::call).toList()));
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void everyErrorCanBeMade(Chapter chapter) {
        assertEquals(List.of(),
                chapter.faults().stream().filter(f -> f.ways().isEmpty()).map(Fault::label).toList());
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void ofEveryTwoErrorsOneIsKnownToWin(Chapter chapter) {
        assertEquals(List.of(), Tables.PROFILES.stream().flatMap(p -> chapter.undecided(p).stream()).toList());
    }

    /** A label that is misspelt would prove nothing. */
    @ParameterizedTest
    @MethodSource("chapters")
    void labelsAreOfThisCall(Chapter chapter) {
        Set<String> labels = new TreeSet<>(chapter.faults().stream().map(Fault::label).toList());
        labels.add("*");
        assertEquals(List.of(), chapter.pairings().stream()
                .filter(p -> !labels.contains(p.first()) || !labels.contains(p.second())).toList());
    }

    /** Every errno that a class of the calls or of the files names is in the chapter of some call. */
    @ParameterizedTest
    @MethodSource("sources")
    void everyErrnoInTheCodeIsInTheTables(Path source) throws IOException {
        Set<String> known = new TreeSet<>();
        chapters().forEach(c -> {
            c.faults().forEach(f -> known.add(f.errno()));
            c.unreachable().forEach(u -> known.add(u.split(":")[0]));
        });
        List<String> missing = new ArrayList<>();
        for (Matcher m = ERRNO.matcher(Files.readString(source)); m.find();) {
            if (!known.contains(m.group(1))) {
                missing.add(m.group(1));
            }
        }
        assertEquals(List.of(), missing);
    }

    static Stream<Path> sources() {
        Path vm = Path.of(System.getProperty("kw.root"), "kernel.vm/src/kernel/vm");
        return Stream.of("call", "file").flatMap(folder -> {
            try (Stream<Path> files = Files.list(vm.resolve(folder))) {
                return files.filter(f -> f.toString().endsWith(".java")).sorted().toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
