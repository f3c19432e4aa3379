// SPDX-License-Identifier: BSD-2-Clause
package shell.command.argument;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Reads numbers as the shell's users write them: decimal or with 0x, either with a sign. */
public final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("-?(?:0[xX][0-9a-fA-F]+|[0-9]+)");

    private Numbers() {
    }

    public static boolean isNumber(Object word) {
        return word instanceof Long || word instanceof Integer || NUMBER.matcher(word.toString()).matches();
    }

    /**
     * A number of at most 64 bits, signed or unsigned.
     *
     * @param what what is being read, for the message
     * @throws IllegalArgumentException naming the word
     */
    public static long parse(Object word, String what) {
        String text = word.toString();
        if (!isNumber(word)) {
            throw new IllegalArgumentException(what + " must be a number, decimal or 0x, not '" + text + "'");
        }
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        BigInteger value = new BigInteger(hex ? digits.substring(2) : digits, hex ? 16 : 10);
        if (value.bitLength() > (negative ? 63 : 64) && !value.equals(BigInteger.ONE.shiftLeft(63))) {
            throw new IllegalArgumentException(what + " does not fit in 64 bits: " + text);
        }
        return negative ? -value.longValue() : value.longValue();
    }

    /** A number from 0 to {@code Integer.MAX_VALUE}. */
    public static int natural(Object word, String what) {
        long value = parse(word, what);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(what + " must be from 0 to " + Integer.MAX_VALUE + ", not " + word);
        }
        return (int) value;
    }
}
