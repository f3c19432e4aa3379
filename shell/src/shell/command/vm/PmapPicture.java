// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.pmap.WalkStep;
import machine.core.memory.PhysicalMemory;
import shell.command.svg.Svg;

/**
 * The page tables of a pmap as a tree: a row for each level, a column for each table of the last one.
 *
 * <p>A table's bar shows how full it is; under the last level each mapped page is a stroke, coloured by its protection. A
 * superpage is a column of its own colour.
 */
final class PmapPicture {
    private static final int MOST_COLUMNS = 48;
    private static final double COLUMN = 148;
    private static final double BOX = 132;
    private static final double LEFT = 64;
    private static final double TOP = 36;
    private static final double ROW = 72;
    private static final double HEIGHT = 34;
    private static final double BAR = 6;
    private static final double STROKES = 22;
    private static final String TABLE = "#dde6f2";
    private static final String LIVE = "#4a74b0";
    private static final String SPARE = "#eeeeee";
    private static final String LINE = "#889099";

    /** A table and where its column range is. */
    private static final class Node {
        final int level;
        final long address;
        final int sizeBytes;
        final long firstVa;
        final int live;
        final Node parent;
        double first = -1;
        double last;

        Node(int level, long address, int sizeBytes, long firstVa, int live, Node parent) {
            this.level = level;
            this.address = address;
            this.sizeBytes = sizeBytes;
            this.firstVa = firstVa;
            this.live = live;
            this.parent = parent;
        }

        double middle() {
            return (first + last) / 2;
        }

        void covers(double column) {
            first = first < 0 ? column : first;
            last = column;
            if (parent != null) {
                parent.covers(column);
            }
        }
    }

    private final Pmap pmap;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> leaves = new ArrayList<>();
    private final TreeMap<Long, Integer> columns = new TreeMap<>();
    private int levels;

    private PmapPicture(Pmap pmap) {
        this.pmap = pmap;
    }

    /** The drawing as an SVG file. */
    static String of(Pmap pmap, String title) {
        PmapPicture picture = new PmapPicture(pmap);
        picture.collect();
        return picture.draw(title);
    }

    private void collect() {
        List<Node> path = new ArrayList<>();
        pmap.forEachTable((level, address, size, firstVa, live) -> {
            while (path.size() > level) {
                path.removeLast();
            }
            Node node = new Node(level, address, size, firstVa, live, path.isEmpty() ? null : path.getLast());
            path.add(node);
            nodes.add(node);
            levels = Math.max(levels, level + 1);
        });
        for (Node node : nodes) {
            if (node.level == levels - 1 || levels == 1) {
                leaves.add(node);
            }
        }
        addCopiedSuperpages();
        leaves.sort(Comparator.comparingLong(node -> node.firstVa));
        for (int i = 0; i < leaves.size() && i < MOST_COLUMNS; i++) {
            leaves.get(i).covers(i);
            columns.put(leaves.get(i).firstVa, i);
        }
        nodes.getFirst().covers(Math.max(0, columns.size() - 1));
    }

    /** The superpages of a child have no spare table; they get a column without one. */
    private void addCopiedSuperpages() {
        TreeMap<Long, Node> above = new TreeMap<>();
        nodes.stream().filter(node -> node.level == levels - 2).forEach(node -> above.put(node.firstVa, node));
        Set<Long> known = new HashSet<>();
        leaves.forEach(node -> known.add(node.firstVa));
        long bytes = (long) PhysicalMemory.PAGE_SIZE << pmap.module().superpageOrder();
        pmap.forEachMapping((va, page, prot, wired, referenced, modified) -> {
            if (va % bytes == 0 && pmap.superpage(va) && !known.contains(va)) {
                Node node = new Node(levels - 1, 0, 0, va, 0, above.floorEntry(va).getValue());
                nodes.add(node);
                leaves.add(node);
            }
        });
    }

    private String draw(String title) {
        double width = LEFT + Math.max(3, columns.size()) * COLUMN;
        Svg svg = new Svg(width, TOP + levels * ROW + STROKES + 24, title);
        svg.text(8, 20, 14, title + ": " + pmap.residentCount() + " pages, " + nodes.size() + " tables, "
                + nodes.stream().mapToLong(node -> node.sizeBytes).sum() / 1024 + " KiB"
                + (leaves.size() > MOST_COLUMNS ? "; the first " + MOST_COLUMNS + " of the last level" : ""));
        List<WalkStep> names = pmap.describe(leaves.isEmpty() ? 0 : leaves.getFirst().firstVa);
        for (int level = 0; level < levels; level++) {
            svg.text(8, row(level) + 20, 12, level < names.size() ? names.get(level).level() : "level " + level);
        }
        for (Node node : nodes) {
            if (node.first >= 0) {
                draw(svg, node);
            }
        }
        pages(svg);
        return svg.toString();
    }

    private static double row(int level) {
        return TOP + level * ROW;
    }

    private static double x(Node node) {
        return LEFT + node.middle() * COLUMN;
    }

    private void draw(Svg svg, Node node) {
        double x = x(node);
        double y = row(node.level);
        boolean spare = node.level == levels - 1 && pmap.superpage(node.firstVa);
        if (node.parent != null) {
            svg.line(x(node.parent) + BOX / 2, row(node.parent.level) + HEIGHT, x + BOX / 2, y, LINE);
        }
        if (node.sizeBytes == 0) {
            svg.text(x + 4, y + 24, 10, "superpage, no table");
            return;
        }
        svg.rect(x, y, BOX, HEIGHT, spare ? SPARE : TABLE, node.live + " live entries of a table of " + node.sizeBytes
                + " bytes at 0x" + Long.toHexString(node.address));
        int entries = node.sizeBytes / pmap.describe(node.firstVa).getFirst().descriptorBytes();
        svg.rect(x, y + HEIGHT - BAR, BOX * node.live / entries, BAR, LIVE, null);
        svg.text(x + 4, y + 12, 11, "0x" + Long.toHexString(node.firstVa));
        svg.text(x + 4, y + 24, 10, spare ? "superpage, spare table" : node.live + " of " + entries);
    }

    /** A stroke for each page under the last level. */
    private void pages(Svg svg) {
        double y = row(levels - 1) + HEIGHT + 4;
        long tableBytes = tableBytes();
        pmap.forEachMapping((va, page, prot, wired, referenced, modified) -> {
            Long first = columns.floorKey(va);
            if (first == null || va - first >= tableBytes) {
                return;
            }
            double x = LEFT + columns.get(first) * COLUMN;
            double stroke = BOX * PhysicalMemory.PAGE_SIZE / tableBytes;
            svg.rect(x + (va - first) / (double) PhysicalMemory.PAGE_SIZE * stroke, y, Math.max(stroke, 0.6), STROKES,
                    colour(prot), "0x" + Long.toHexString(va) + " -> 0x" + Long.toHexString(page.physicalAddress()) + " "
                            + VmProt.text(prot) + (wired ? " wired" : "") + (modified ? " modified" : ""));
        });
    }

    /** How much address space a table of the last level translates. */
    private long tableBytes() {
        int order = pmap.module().superpageOrder();
        if (order > 0) {
            return (long) PhysicalMemory.PAGE_SIZE << order;
        }
        Node leaf = leaves.isEmpty() ? nodes.getLast() : leaves.getFirst();
        int descriptor = pmap.describe(leaf.firstVa).getFirst().descriptorBytes();
        return (long) leaf.sizeBytes / descriptor * PhysicalMemory.PAGE_SIZE;
    }

    private static String colour(int prot) {
        if ((prot & VmProt.WRITE) != 0) {
            return (prot & VmProt.EXEC) != 0 ? "#b03060" : "#d08030";
        }
        return (prot & VmProt.EXEC) != 0 ? "#308050" : "#7090c0";
    }
}
