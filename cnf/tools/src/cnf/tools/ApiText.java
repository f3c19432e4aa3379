// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * bnd's view of a bundle and its exported packages, as text that people can read and compare: a line for each package,
 * class, method and so on, indented by its depth. What it means to add or to remove it stands before its name.
 */
final class ApiText {
    /** Files of the bundle, which are no part of the API. */
    private static final String RESOURCES = "<resources>";

    private ApiText() {
    }

    static String of(Tree tree) {
        StringBuilder text = new StringBuilder();
        append(tree, 0, text);
        return text.toString();
    }

    private static void append(Tree tree, int depth, StringBuilder text) {
        text.append(" ".repeat(depth)).append(tree.getType()).append(' ').append(tree.ifAdded()).append(' ')
                .append(tree.ifRemoved()).append(' ').append(escaped(tree.getName())).append('\n');
        for (Tree child : tree.getChildren()) {
            if (!child.getName().equals(RESOURCES)) {
                append(child, depth + 1, text);
            }
        }
    }

    /** Constants may hold anything. */
    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }

    /** Reads what {@link #of} wrote. */
    static Tree parse(List<String> lines) throws Exception {
        return new DiffPluginImpl().deserialize(new Reader(lines).node(0));
    }

    /** Reads nodes one after the other. */
    private static final class Reader {
        private final List<String> lines;
        private int next;

        Reader(List<String> lines) {
            this.lines = lines;
        }

        Tree.Data node(int depth) {
            String[] words = lines.get(next++).stripLeading().split(" ", 4);
            Tree.Data node = new Tree.Data();
            node.type = Type.valueOf(words[0]);
            node.add = Delta.valueOf(words[1]);
            node.rem = Delta.valueOf(words[2]);
            node.name = words[3].translateEscapes();
            List<Tree.Data> children = new ArrayList<>();
            while (next < lines.size() && depth(lines.get(next)) == depth + 1) {
                children.add(node(depth + 1));
            }
            node.children = children.toArray(Tree.Data[]::new);
            return node;
        }

        private static int depth(String line) {
            return line.length() - line.stripLeading().length();
        }
    }
}
