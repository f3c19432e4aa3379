// SPDX-License-Identifier: BSD-2-Clause
package shell.command.deed;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words of a command line as one line of text: {@code [1,2]} is a list, and odd characters are escaped as in a URL. */
final class DeedText {
    private static final String EMPTY = "''";

    private DeedText() {
    }

    static String join(List<?> words) {
        return words.stream().map(DeedText::word).collect(Collectors.joining(" "));
    }

    private static String word(Object word) {
        if (word instanceof List<?> list) {
            return list.stream().map(DeedText::word).collect(Collectors.joining(",", "[", "]"));
        }
        String text = word.toString();
        return text.isEmpty() ? EMPTY : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static List<Object> split(String line) {
        List<Object> words = new ArrayList<>();
        for (String word : line.split(" ")) {
            if (word.startsWith("[")) {
                String inner = word.substring(1, word.length() - 1);
                words.add(inner.isEmpty() ? List.of() : Stream.of(inner.split(",")).map(DeedText::decode).toList());
            } else {
                words.add(decode(word));
            }
        }
        return words;
    }

    private static String decode(String word) {
        return word.equals(EMPTY) ? "" : URLDecoder.decode(word, StandardCharsets.UTF_8);
    }
}
