// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether everything that {@code ./kw bench} measures runs; how fast it is does not matter here. */
class RowsTest {
    private static final Row MADE_UP =
            new Row("made-up", "nothing", "ns", effort -> 30, effort -> 20, Aim.ratio(1.5));

    @BeforeAll
    static void shareTheHost() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    /** Without what starts JVMs of its own; of the maps with a million entries, which take seconds to fill, one. */
    static Stream<Row> benchmarks() {
        return Rows.all().stream().filter(row -> row.ours() instanceof Benchmark)
                .filter(row -> !row.id().endsWith("-1m") || row.id().equals("lookup-1m"));
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void runs(Row row) {
        Measured result = Measured.of(row, Effort.SMOKE);
        assertNull(result.failure());
        assertTrue(result.ours() > 0);
        assertTrue(row.reference() == null || result.reference() > 0);
    }

    @Test
    void rowsHaveDifferentNames() {
        List<String> names = Rows.all().stream().map(Row::id).toList();
        assertEquals(names.size(), names.stream().distinct().count());
    }

    @Test
    void theVerdictComparesTheRatio() {
        assertEquals("yes", Measured.of(MADE_UP, Effort.SMOKE).verdict());
        assertEquals("no", new Measured(MADE_UP, 31, 20, null).verdict());
    }

    @Test
    void theVerdictComparesOurValue() {
        Row row = new Row("made-up", "nothing", "ns", effort -> 30, null, Aim.value(30));
        assertEquals("yes", Measured.of(row, Effort.SMOKE).verdict());
        assertEquals("no", new Measured(row, 30.1, Double.NaN, null).verdict());
    }

    @Test
    void whatCannotBeMeasuredSaysWhy() {
        Row row = new Row("made-up", "nothing", "ns", effort -> {
            throw new IllegalStateException("no such thing");
        }, null, null);
        Measured result = Measured.of(row, Effort.SMOKE);
        assertEquals("failed", result.verdict());
        assertTrue(result.failure().contains("no such thing"));
    }

    @Test
    void jsonLeavesOutWhatIsNotThere() {
        assertEquals("{\"id\":\"made-up\",\"what\":\"nothing\",\"unit\":\"ns\",\"ours\":30.0,\"reference\":20.0,"
                + "\"ratio\":1.5,\"aimRatio\":1.5,\"verdict\":\"yes\"}", Measured.of(MADE_UP, Effort.SMOKE).json());
        Row row = new Row("made-up", "nothing", "ns", effort -> 30, null, null);
        assertEquals("{\"id\":\"made-up\",\"what\":\"nothing\",\"unit\":\"ns\",\"ours\":30.0,\"verdict\":\"\"}",
                Measured.of(row, Effort.SMOKE).json());
    }
}
