// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kernel.vm.object.Quirk;
import org.junit.jupiter.api.Test;

/** What {@code kernel.vm/test/proofs.txt} names is there, and nothing that has a number is missing in it. */
class ProofsTest {
    private static final int LAST_VECTOR = 71;
    private static final int LAST_SCENARIO = 25;
    private static final int LAST_QUIRK = 48;
    private static final String NONE = "-: ";

    private final Path root = Path.of(System.getProperty("kw.root"));
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> proofs = new TreeMap<>();

    ProofsTest() throws IOException {
        for (String floor : List.of("kernel.vm/test", "kernel.vm/src/kernel/vm/tck", "userland/test", "machine.x86/test")) {
            try (Stream<Path> files = Files.walk(root.resolve(floor))) {
                files.filter(f -> f.toString().matches(".*[.](java|txt)"))
                        .forEach(f -> sources.merge(f.getFileName().toString().replace(".java", ""), read(f), String::concat));
            }
        }
        for (String line : Files.readAllLines(root.resolve("kernel.vm/test/proofs.txt"))) {
            int colon = line.contains(": -: ") ? line.indexOf(": -: ") : line.indexOf(": ");
            if (!line.startsWith("#") && !line.startsWith("==") && colon > 0) {
                assertEquals(null, proofs.put(line.substring(0, colon), line.substring(colon + 2)), "twice: " + line);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyProofIsThere() {
        List<String> missing = new ArrayList<>();
        proofs.forEach((name, proof) -> {
            if (!proof.startsWith(NONE)) {
                Arrays.stream(proof.split("; ")).filter(p -> !found(p)).forEach(p -> missing.add(name + ": " + p));
            }
        });
        assertEquals(List.of(), missing);
    }

    private boolean found(String proof) {
        String[] halves = proof.split(" ", 2);
        return sources.containsKey(halves[0]) && sources.get(halves[0]).contains(halves[1]);
    }

    @Test
    void whatHasANumberIsListed() {
        Set<String> wanted = new TreeSet<>();
        IntStream.rangeClosed(1, LAST_VECTOR).filter(i -> i % 2 == 1).forEach(i -> wanted.add("V" + i));
        IntStream.rangeClosed(1, LAST_SCENARIO).forEach(i -> wanted.add("R" + i));
        Set<String> switched = Arrays.stream(Quirk.values()).map(Quirk::id).collect(Collectors.toSet());
        IntStream.rangeClosed(1, LAST_QUIRK).mapToObj(i -> "Q" + i).filter(id -> !switched.contains(id))
                .forEach(wanted::add);
        wanted.removeAll(proofs.keySet());
        assertEquals(Set.of(), wanted);
    }

    /** A test that never names a quirk cannot switch it off. */
    @Test
    void everyQuirkIsNamedByATest() {
        String tests = sources.entrySet().stream().filter(e -> e.getKey().endsWith("Test")).map(Map.Entry::getValue)
                .collect(Collectors.joining());
        assertEquals(List.of(), Arrays.stream(Quirk.values()).filter(q -> !tests.contains("Quirk." + q.name())).toList());
    }
}
