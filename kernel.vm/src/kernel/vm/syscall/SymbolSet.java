// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import java.util.ArrayList;
import java.util.List;

/**
 * The symbolic constants of a parameter: bits that are OR'ed, or one choice out of several.
 *
 * <p>Immutable. Used to read arguments in the shell, to complete them, and to print them.
 */
public final class SymbolSet {
    private final String prefix;
    private final boolean bits;
    private final List<String> names;
    private final long[] values;
    /** The constant with an argument, or null. */
    private final Shifted shifted;

    /** A constant such as {@code MAP_ALIGNED(n)}: its argument, shifted. */
    private record Shifted(String name, int shift, long limit) {
        boolean named(String text) {
            return text.startsWith(name + "(") && text.endsWith(")");
        }

        String argument(String text) {
            return text.substring(name.length() + 1, text.length() - 1);
        }
    }

    private SymbolSet(String prefix, boolean bits, List<String> names, long[] values, Shifted shifted) {
        this.prefix = prefix;
        this.bits = bits;
        this.names = names;
        this.values = values;
        this.shifted = shifted;
    }

    /** A set of bits; {@code prefix} (such as {@code PROT_}) starts every name. Add the names with {@link #with}. */
    public static SymbolSet bits(String prefix) {
        return new SymbolSet(prefix, true, List.of(), new long[0], null);
    }

    /** A choice of one value. Add the names with {@link #with}. */
    public static SymbolSet choice(String prefix) {
        return new SymbolSet(prefix, false, List.of(), new long[0], null);
    }

    /** This set with one more constant, named without the prefix. When printing, earlier names win. */
    public SymbolSet with(String suffix, long value) {
        List<String> moreNames = new ArrayList<>(names);
        moreNames.add(prefix + suffix);
        long[] moreValues = java.util.Arrays.copyOf(values, values.length + 1);
        moreValues[values.length] = value;
        return new SymbolSet(prefix, bits, List.copyOf(moreNames), moreValues, shifted);
    }

    /**
     * This set with a constant that takes an argument, such as {@code PROT_MAX(PROT_READ)}.
     *
     * @param suffix its name without the prefix
     * @param shift by how much the argument is shifted
     * @param limit the number behind the greatest argument
     */
    public SymbolSet shifted(String suffix, int shift, long limit) {
        List<String> moreNames = new ArrayList<>(names);
        moreNames.add(prefix + suffix + "(n)");
        return new SymbolSet(prefix, bits, List.copyOf(moreNames), java.util.Arrays.copyOf(values, moreNames.size()),
                new Shifted(prefix + suffix, shift, limit));
    }

    /** Whether the constants are bits that may be combined. */
    public boolean isBits() {
        return bits;
    }

    /** All names, in the order they were added. */
    public List<String> names() {
        return names;
    }

    /** Whether the name is one of this set. */
    public boolean contains(String name) {
        return shifted != null && shifted.named(name) ? shiftedValue(name) >= 0 : names.contains(name);
    }

    /** The value of a constant with an argument: a number, or constants of this set; -1 if it is neither. */
    private long shiftedValue(String text) {
        long argument = 0;
        for (String part : shifted.argument(text).split("[|]")) {
            int at = names.indexOf(part.strip());
            if (at >= 0) {
                argument |= values[at];
            } else if (part.strip().matches("[0-9]{1,3}")) {
                argument |= Long.parseLong(part.strip());
            } else {
                return -1;
            }
        }
        return argument < shifted.limit() ? argument << shifted.shift() : -1;
    }

    /**
     * The value of one name.
     *
     * @throws IllegalArgumentException if the name is not of this set; the message lists those that are
     */
    public long value(String name) {
        if (shifted != null && shifted.named(name) && shiftedValue(name) >= 0) {
            return shiftedValue(name);
        }
        int at = names.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("unknown constant " + name + "; known: " + String.join(", ", names));
        }
        return values[at];
    }

    /** The value written with names: joined with {@code |}, a rest that has no name in hexadecimal. */
    public String text(long value) {
        return bits ? bitText(value) : choiceText(value);
    }

    private String choiceText(long value) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return names.get(i);
            }
        }
        return Long.toString(value);
    }

    private String bitText(long value) {
        StringBuilder text = new StringBuilder();
        long rest = value;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value && value == 0) {
                return names.get(i);
            }
            if (values[i] != 0 && (rest & values[i]) == values[i]) {
                text.append(text.isEmpty() ? "" : "|").append(names.get(i));
                rest &= ~values[i];
            }
        }
        long argument = shifted == null ? 0 : rest >>> shifted.shift() & shifted.limit() - 1;
        if (argument != 0) {
            text.append(text.isEmpty() ? "" : "|").append(shifted.name()).append('(').append(argument).append(')');
            rest &= ~(argument << shifted.shift());
        }
        if (rest != 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : "|").append(rest == 0 ? "0" : "0x" + Long.toHexString(rest));
        }
        return text.toString();
    }
}
