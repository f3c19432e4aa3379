// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.List;
import shell.command.svg.Svg;

/**
 * Draws the map entries of an address space, the lowest at the top: as wide as what they grant is alike, as high as their
 * sizes differ, on a scale of powers of two; with the part that is in memory.
 */
final class SpacePicture {
    private static final double WIDTH = 760;
    private static final double LEFT = 150;
    private static final double BAR = 260;
    private static final double TOP = 40;
    private static final double GAP = 8;
    private static final double LEAST = 16;
    private static final double TEXT = 11;
    private static final int PAGE_SHIFT = 12;

    private SpacePicture() {
    }

    static Svg draw(int pid, List<MapRow> rows) {
        double height = TOP + GAP;
        for (MapRow row : rows) {
            height += height(row) + GAP;
        }
        Svg svg = new Svg(WIDTH, height + TOP, "address space of process " + pid);
        svg.text(LEFT, TOP / 2, TEXT + 2, "process " + pid + ": " + rows.size()
                + " map entries; dark: in memory, light: not");
        double y = TOP;
        long before = -1;
        for (MapRow row : rows) {
            if (before >= 0 && before != row.startAddress()) {
                svg.line(LEFT, y - GAP / 2, LEFT + BAR, y - GAP / 2, "#bbbbbb");
            }
            entry(svg, row, y);
            y += height(row) + GAP;
            before = row.endAddress();
        }
        return svg;
    }

    /** A page is as high as a line of text; each doubling adds a little. */
    private static double height(MapRow row) {
        long pages = Math.max(1, row.sizeBytes() >> PAGE_SHIFT);
        return LEAST + 3 * (Long.SIZE - 1 - Long.numberOfLeadingZeros(pages));
    }

    private static void entry(Svg svg, MapRow row, double y) {
        double high = height(row);
        long pages = Math.max(1, row.sizeBytes() >> PAGE_SHIFT);
        double filled = BAR * Math.min(row.resident(), pages) / pages;
        String hint = row.prot() + ", at most " + row.max() + ", " + row.inherit() + ", object "
                + (row.object().isEmpty() ? "none" : row.object()) + ", " + row.resident() + " of " + pages
                + " pages in memory" + (row.flags().isEmpty() ? "" : ", " + row.flags());
        svg.rect(LEFT, y, BAR, high, light(row.prot()), hint);
        svg.rect(LEFT, y, filled, high, dark(row.prot()), hint);
        svg.textBefore(LEFT - GAP, y + TEXT, TEXT, "0x" + Long.toHexString(row.startAddress()));
        svg.text(LEFT + BAR + GAP, y + TEXT, TEXT, row.prot() + " " + size(row.sizeBytes()) + " " + row.backing());
    }

    private static String size(long bytes) {
        return bytes >> 20 > 0 ? (bytes >> 20) + "M" : (bytes >> 10) + "K";
    }

    private static String light(String prot) {
        return prot.contains("x") ? "#f5dfb8" : prot.contains("w") ? "#cfe3cf" : "#cfdbea";
    }

    private static String dark(String prot) {
        return prot.contains("x") ? "#c98a1b" : prot.contains("w") ? "#4c8a4c" : "#4a6f9c";
    }
}
