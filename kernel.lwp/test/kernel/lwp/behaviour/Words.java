// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.ArrayList;
import java.util.List;

/** How the lines of the tables are taken apart. */
final class Words {
    private Words() {
    }

    /** The arguments between the brackets of a call. */
    static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                arguments.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (!text.isBlank()) {
            arguments.add(text.substring(start).strip());
        }
        return arguments;
    }

    /** Nanoseconds of a time such as {@code 1.5s}, {@code 20ms} or {@code 3us}. */
    static long duration(String text) {
        String number = text.replaceAll("[a-z]+$", "");
        double unit = switch (text.substring(number.length())) {
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us" -> 1e3;
            case "ns" -> 1;
            default -> throw new IllegalArgumentException("no time: " + text);
        };
        return Math.round(Double.parseDouble(number) * unit);
    }
}
