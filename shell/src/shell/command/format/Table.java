// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

import java.util.ArrayList;
import java.util.List;

/** Lines up cells in columns: numbers to the right, all else to the left, two blanks between. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /** A table with these columns and no rows. */
    public Table(String... titles) {
        right = new boolean[titles.length];
        rows.add(titles);
    }

    /** Aligns a column, from 0, to the right; returns this. */
    public Table rightAlign(int column) {
        right[column] = true;
        return this;
    }

    /** Adds a row; an empty or missing cell becomes a dash. */
    public Table row(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + right.length + " columns");
        }
        String[] row = cells.clone();
        for (int i = 0; i < row.length; i++) {
            row[i] = row[i] == null || row[i].isEmpty() ? "-" : row[i];
        }
        rows.add(row);
        return this;
    }

    @Override
    public String toString() {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String blanks = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : GAP).append(right[i] ? blanks + row[i] : row[i] + blanks);
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }
}
