// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kernel.vm.syscall.SymbolSet;

/**
 * Numbers as the tables write them: sums of numbers, pages ({@code 3P}) and names, or constants of a parameter without
 * their prefix ({@code SHARED|FIXED}).
 */
final class Values {
    private static final long PAGE = 4096;
    private static final Pattern TERM = Pattern.compile("([+-]?)([^+-]+)");
    private static final Pattern PAGES = Pattern.compile("(\\d*)P");

    private final Map<String, Long> constants;
    private final ToLongFunction<String> otherNames;

    /** Named constants, and something that knows the other names. */
    Values(Map<String, Long> constants, ToLongFunction<String> otherNames) {
        this.constants = constants;
        this.otherNames = otherNames;
    }

    /** The value of a text for a parameter with these constants, or with none if it is null. */
    long of(String text, SymbolSet symbols) {
        long value = 0;
        for (String part : text.split("[|]")) {
            value |= sum(part, symbols);
        }
        return value;
    }

    private long sum(String text, SymbolSet symbols) {
        long sum = 0;
        Matcher m = TERM.matcher(text);
        int end = 0;
        while (m.lookingAt()) {
            long term = term(m.group(2), symbols);
            sum += m.group(1).equals("-") ? -term : term;
            end = m.end();
            m.region(end, text.length());
        }
        if (end != text.length() || text.isEmpty()) {
            throw new IllegalArgumentException("no number: " + text);
        }
        return sum;
    }

    private long term(String text, SymbolSet symbols) {
        String symbol = symbols == null ? null : symbol(text, symbols);
        if (symbol != null) {
            return symbols.value(symbol);
        }
        Matcher pages = PAGES.matcher(text);
        if (pages.matches()) {
            return pages.group(1).isEmpty() ? PAGE : Long.parseLong(pages.group(1)) * PAGE;
        }
        if (Character.isDigit(text.charAt(0))) {
            return Long.decode(text);
        }
        Long constant = constants.get(text);
        return constant != null ? constant : otherNames.applyAsLong(text);
    }

    private static String symbol(String text, SymbolSet symbols) {
        String prefix = symbols.names().getFirst().replaceFirst("_.*", "_");
        return symbols.contains(prefix + text) ? prefix + text : symbols.contains(text) ? text : null;
    }
}
