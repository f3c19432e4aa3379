// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.util.ArrayList;
import java.util.List;
import shell.command.svg.Svg;
import userland.sim.SimReport;

/** The swaps of a run above its strip: a line through all CPUs for each, and a word in the first row with room for it. */
final class SwapMarks {
    private static final int ROW = 14;
    private static final int TEXT = 12;
    /** Width of a letter, about. */
    private static final double LETTER = 7.3;
    private static final String COLOUR = "#000000";

    private final List<Mark> marks = new ArrayList<>();
    private final int rows;

    private record Mark(double x, int row, String text) {
    }

    /** @param scale pixels a nanosecond */
    SwapMarks(List<SimReport.Swap> swaps, double scale) {
        List<Double> ends = new ArrayList<>();
        for (SimReport.Swap swap : swaps) {
            String text = swap.slot + "=" + swap.to;
            double x = swap.atNanos * scale;
            int row = 0;
            while (row < ends.size() && ends.get(row) > x) {
                row++;
            }
            if (row == ends.size()) {
                ends.add(0.0);
            }
            ends.set(row, x + (text.length() + 1) * LETTER);
            marks.add(new Mark(x, row, text));
        }
        rows = ends.size();
    }

    /** How much room the words take. */
    int height() {
        return rows * ROW;
    }

    /** Draws them: words from {@code top} on, lines down to {@code bottom}. */
    void draw(Svg svg, double left, double top, double bottom) {
        for (Mark mark : marks) {
            double y = top + mark.row * ROW;
            svg.line(left + mark.x, y, left + mark.x, bottom, COLOUR).text(left + mark.x + 2, y + TEXT, TEXT, mark.text);
        }
    }
}
