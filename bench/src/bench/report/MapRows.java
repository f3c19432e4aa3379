// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import java.util.ArrayList;
import java.util.List;

/** How the map indexes grow: lookup and insertion with 64 k and 1 M entries, compared with 1 k. */
final class MapRows {
    private static final int FEW = 1 << 10;
    private static final int MANY = 1 << 16;
    private static final int MILLION = 1 << 20;
    private static final String SHIPPED_FIRST = "chunks";

    private MapRows() {
    }

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("entry", "entry", "map entry read, its number known", MANY, SHIPPED_FIRST));
        for (String index : List.of(SHIPPED_FIRST, "rbtree", "splay")) {
            rows.add(row("lookup", "lookup", "map lookup", MANY, index));
            rows.add(row("lookup", "lookup", "map lookup", MILLION, index));
            rows.add(row("split", "change", "entries merged and split", MANY, index));
            rows.add(row("split", "change", "entries merged and split", MILLION, index));
        }
        return rows;
    }

    /** Named {@code lookup}, {@code lookup-1m}, {@code lookup-rbtree}, {@code lookup-rbtree-1m}, and so on. */
    private static Row row(String name, String method, String what, int entries, String index) {
        String id = name + (index.equals(SHIPPED_FIRST) ? "" : "-" + index) + (entries == MILLION ? "-1m" : "");
        boolean aimed = method.equals("lookup") && index.equals(SHIPPED_FIRST) && entries == MANY;
        return new Row(id, what + ", " + index + ", " + entries + " entries : 1,024", "ns",
                Benchmark.of("MapLookup." + method, "entries=" + entries, "index=" + index),
                Benchmark.of("MapLookup." + method, "entries=" + FEW, "index=" + index), aimed ? Aim.ratio(2.5) : null);
    }
}
