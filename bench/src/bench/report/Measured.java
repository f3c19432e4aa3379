// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

/**
 * A row with what came out.
 *
 * @param ours our value, NaN if it could not be measured
 * @param reference the value of the reference, NaN if there is none
 * @param failure why it could not be measured, or null
 */
record Measured(Row row, double ours, double reference, String failure) {

    static Measured of(Row row, Effort effort) {
        try {
            double ours = row.ours().measure(effort);
            double reference = row.reference() == null ? Double.NaN : row.reference().measure(effort);
            return new Measured(row, ours, reference, null);
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Measured(row, Double.NaN, Double.NaN, cause.toString());
        }
    }

    String verdict() {
        if (failure != null) {
            return "failed";
        }
        if (row.aim() == null) {
            return "";
        }
        return row.aim().reached(ours, reference) ? "yes" : "no";
    }

    String json() {
        StringBuilder text = new StringBuilder("{\"id\":\"").append(row.id()).append("\",\"what\":\"")
                .append(row.what()).append("\",\"unit\":\"").append(row.unit()).append('"');
        number(text, "ours", ours);
        number(text, "reference", reference);
        number(text, "ratio", ours / reference);
        if (row.aim() != null) {
            number(text, row.aim().ofRatio() ? "aimRatio" : "aim", row.aim().limit());
        }
        return text.append(",\"verdict\":\"").append(verdict()).append("\"}").toString();
    }

    private static void number(StringBuilder text, String name, double value) {
        if (!Double.isNaN(value)) {
            text.append(",\"").append(name).append("\":").append(value);
        }
    }
}
