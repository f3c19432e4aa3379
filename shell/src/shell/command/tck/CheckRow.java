// SPDX-License-Identifier: BSD-2-Clause
package shell.command.tck;

import java.util.Locale;

/** What came of one check of a conformance kit. */
record CheckRow(String result, String set, String check, String reason, long hostNanos) {
    static CheckRow of(Check check) {
        long start = System.nanoTime();
        String reason = failure(check);
        String set = check.set().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new CheckRow(reason == null ? "passed" : "FAILED", set, check.name(), reason == null ? "" : reason,
                System.nanoTime() - start);
    }

    private static String failure(Check check) {
        try {
            check.body().run();
            return null;
        } catch (AssertionError | RuntimeException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    boolean passed() {
        return result.equals("passed");
    }
}
