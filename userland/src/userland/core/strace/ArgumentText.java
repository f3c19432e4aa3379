// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.util.ArrayList;
import java.util.List;

/** The argument list of a call: where it ends and where its commas are. */
final class ArgumentText {
    private ArgumentText() {
    }

    /**
     * Index of the parenthesis that closes the list, or -1 when it does not close.
     *
     * @param depth parentheses open already at {@code from}
     */
    static int close(String text, int from, int depth) {
        int open = depth;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                i = stringEnd(text, i);
            } else if (text.startsWith("/*", i)) {
                i = commentEnd(text, i);
            } else if ("([{".indexOf(c) >= 0) {
                open++;
            } else if (")]}".indexOf(c) >= 0 && --open == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The arguments, comments removed. */
    static List<String> split(String text) {
        List<String> arguments = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = Math.min(stringEnd(text, i), text.length() - 1);
                current.append(text, i, end + 1);
                i = end;
            } else if (text.startsWith("/*", i)) {
                i = commentEnd(text, i);
            } else if (c == ',' && open == 0) {
                arguments.add(current.toString().strip());
                current.setLength(0);
            } else {
                open += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                current.append(c);
            }
        }
        if (!arguments.isEmpty() || !current.toString().isBlank()) {
            arguments.add(current.toString().strip());
        }
        return List.copyOf(arguments);
    }

    private static int stringEnd(String text, int from) {
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private static int commentEnd(String text, int from) {
        int end = text.indexOf("*/", from + 2);
        return end < 0 ? text.length() : end + 1;
    }
}
