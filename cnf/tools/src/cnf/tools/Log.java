// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.osgi.Processor;

/** What the driver has to say. All of it goes to standard error: standard output belongs to results. */
final class Log {
    private Log() {
    }

    static void info(String format, Object... args) {
        System.err.println("kw: " + String.format(format, args));
    }

    /** Prints and clears what bnd noted; returns whether there was no error. */
    static boolean report(Processor processor) {
        processor.getWarnings().forEach(w -> info("warning: %s", w));
        processor.getErrors().forEach(e -> info("error: %s", e));
        boolean ok = processor.getErrors().isEmpty();
        processor.clear();
        return ok;
    }
}
