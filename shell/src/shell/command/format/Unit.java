// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

import java.util.Locale;

/** What a number counts, by the last word of its name. */
enum Unit {
    NANOS("Nanos") {
        @Override
        String text(long value) {
            return duration(value);
        }
    },
    BYTES("Bytes") {
        @Override
        String text(long value) {
            return size(value);
        }
    },
    ADDRESS("Address") {
        @Override
        String text(long value) {
            return "0x" + Long.toHexString(value);
        }
    },
    NONE("") {
        @Override
        String text(long value) {
            return Long.toString(value);
        }
    };

    private final String word;

    Unit(String word) {
        this.word = word;
    }

    abstract String text(long value);

    static Unit of(String name) {
        for (Unit unit : values()) {
            if (name.endsWith(unit.word) || name.equals(unit.word.toLowerCase(Locale.ROOT))) {
                return unit;
            }
        }
        return NONE;
    }

    /** The name without the unit, unless nothing would be left or the unit says what the value is. */
    String strip(String name) {
        boolean implied = this == NANOS || this == BYTES;
        return implied && name.length() > word.length() ? name.substring(0, name.length() - word.length()) : name;
    }

    static String duration(long nanos) {
        long size = Math.abs(nanos);
        if (size < 1_000) {
            return nanos == 0 ? "0" : nanos + "ns";
        }
        if (size < 1_000_000) {
            return scaled(nanos, 1_000, "us");
        }
        return size < 1_000_000_000 ? scaled(nanos, 1_000_000, "ms") : scaled(nanos, 1_000_000_000, "s");
    }

    private static String scaled(long value, long unit, String suffix) {
        String text = String.format(Locale.ROOT, "%.3f", value / (double) unit);
        return text.replaceAll("\\.?0+$", "") + suffix;
    }

    static String size(long bytes) {
        String[] suffixes = {"G", "M", "K"};
        long unit = 1L << 30;
        for (String suffix : suffixes) {
            if (bytes != 0 && bytes % unit == 0) {
                return bytes / unit + suffix;
            }
            unit >>= 10;
        }
        return Long.toString(bytes);
    }
}
