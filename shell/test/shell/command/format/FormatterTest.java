// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatterTest {
    record Row(String name, int cpu, long runNanos, long startAddress, String waitChannel) {
    }

    record Phase(String phase, long hostNanos) {
    }

    record Report(String outcome, long pauseNanos, boolean released, List<Integer> cpus, Map<String, Long> counts,
            List<Phase> phases) {
    }

    /** As OSGi DTOs are. */
    public static final class Dto {
        public String name = "x";
        public long sizeBytes = 8192;
    }

    @Test
    void rowsBecomeATable() {
        Rows<Row> rows = new Rows<>(Row.class, List.of(
                new Row("a", 3, 1_500_000, 0x10000000L, null), new Row("longer", 11, 0, 16, "parked")));
        assertEquals("""
                NAME    CPU    RUN  START ADDRESS  WAIT CHANNEL
                a         3  1.5ms     0x10000000  -
                longer   11      0           0x10  parked""", Formatter.text(rows));
    }

    @Test
    void tableWithoutRowsStillHasItsTitles() {
        assertEquals("PHASE  HOST", Formatter.text(new Rows<>(Phase.class, List.of())));
    }

    @Test
    void singleResultBecomesALineForEachValue() {
        Report report = new Report("committed", 12_000, true, List.of(0, 1), Map.of("futex", 3L),
                List.of(new Phase("prepare", 1_234_567), new Phase("commit", 10)));
        assertEquals("""
                outcome   committed
                pause     12us
                released  yes
                cpus      0 1
                counts    futex=3

                phases:
                PHASE       HOST
                prepare  1.235ms
                commit      10ns""", Formatter.text(report));
    }

    @Test
    void dtosWithPublicFieldsWorkToo() {
        assertEquals("name  x\nsize  8K", Formatter.text(new Dto()));
        assertEquals("{\"name\":\"x\",\"sizeBytes\":8192}", Json.of(new Dto()));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "999,999ns", "1000,1us", "1500,1.5us", "999999,999.999us", "12345678,12.346ms", "50000000,50ms",
        "1000000000,1s", "90000000000,90s", "-1500,-1.5us"})
    void durationsAreShort(long nanos, String text) {
        assertEquals(text, Formatter.duration(nanos));
    }

    @Test
    void jsonKeepsNamesAndNumbers() {
        Report report = new Report("no \"quotes\"\n\u0001", 5, false, List.of(), Map.of(),
                List.of(new Phase("é\\", 7)));
        assertEquals("{\"outcome\":\"no \\\"quotes\\\"\\n\\u0001\",\"pauseNanos\":5,\"released\":false,\"cpus\":[],"
                + "\"counts\":{},\"phases\":[{\"phase\":\"é\\\\\",\"hostNanos\":7}]}", Json.of(report));
        assertEquals("[null,1.5,\"\\ud83d\\ude00\"]", Json.of(java.util.Arrays.asList(null, 1.5, "\ud83d\ude00")));
    }
}
