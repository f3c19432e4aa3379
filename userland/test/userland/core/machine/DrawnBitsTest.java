// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kernel.vm.radix.EntryFormat;
import machine.arm.paging.LongDescriptorFormat;
import machine.arm.paging.ShortDescriptorFormat;
import machine.x86.paging.PagingFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bits of page descriptors are where the drawings in docs have them. */
class DrawnBitsTest {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    static Stream<Arguments> drawings() {
        Map<String, String> x86 = Map.ofEntries(Map.entry("RW", "RW"), Map.entry("US", "US"), Map.entry("WT", "PWT"),
                Map.entry("CD", "PCD"), Map.entry("A", "A"), Map.entry("D", "D"), Map.entry("G", "G"),
                Map.entry("PS", "PAT/PS"), Map.entry("W", "wired"), Map.entry("M", "managed"));
        Map<String, String> amd64 = new TreeMap<>(x86);
        amd64.put("NX", "NX");
        amd64.put("Pr", "promoted");
        Map<String, String> arm = Map.of("nG", "nG", "S", "S", "AP[2]", "AP[2]", "W", "wired", "RO", "RO", "PL0", "PL0",
                "AF", "AF", "XN", "XN");
        Map<String, String> aarch64 = Map.of("M", "managed", "W", "wired", "UXN", "UXN", "PXN", "PXN", "DBM", "DBM",
                "nG", "nG", "AF", "AF", "RO", "RO", "EL", "EL0");
        return Stream.of(
                Arguments.of("machine-amd64.md", "|NX |", PagingFormat.fourLevels(), 3, 1L, amd64),
                Arguments.of("machine-i386.md", "|      table or page", PagingFormat.twoLevels(), 1, 1L, x86),
                Arguments.of("machine-armv7.md", "|           page ", new ShortDescriptorFormat(), 1, 2L, arm),
                Arguments.of("machine-aarch64.md", "|     |M |", new LongDescriptorFormat(false), 3, 3L, aarch64));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drawings")
    void areWhereTheCodeHasThem(String page, String row, EntryFormat format, int level, long valid,
            Map<String, String> names) throws IOException {
        Map<String, Integer> drawn = bits(page, row);
        Map<String, String> found = new TreeMap<>();
        for (String label : names.keySet()) {
            Integer bit = drawn.get(label);
            found.put(label, bit == null ? "not drawn" : added(format, level, valid, bit));
        }
        assertEquals(new TreeMap<>(names), found);
    }

    /** What a decoder names when one more bit is set. */
    private static String added(EntryFormat format, int level, long valid, int bit) {
        Set<String> more = new TreeSet<>(words(format.decode(valid | 1L << bit, level)));
        more.removeAll(words(format.decode(valid, level)));
        return String.join(" ", more);
    }

    /** The names before the address. */
    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.startsWith("0x")).toList();
    }

    /** The cells of one bit in the drawing of a page whose row of names begins like that. */
    private static Map<String, Integer> bits(String page, String row) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("kw.root"), "docs", page));
        int at = 0;
        while (!lines.get(at).startsWith(row)) {
            at++;
        }
        String labels = lines.get(at);
        Map<String, Integer> bits = new TreeMap<>();
        int start = 0;
        while (labels.indexOf('|', start + 1) > 0) {
            int end = labels.indexOf('|', start + 1);
            List<Integer> above = numbers(lines.get(at - 2), start, end);
            if (above.size() == 1) {
                bits.put(labels.substring(start + 1, end).strip(), above.getFirst());
            }
            start = end;
        }
        return bits;
    }

    /** The numbers that stand over a cell. */
    private static List<Integer> numbers(String line, int start, int end) {
        return NUMBER.matcher(line).results().filter(match -> match.end() - 1 > start && match.end() - 1 <= end)
                .map(match -> Integer.valueOf(match.group())).toList();
    }
}
