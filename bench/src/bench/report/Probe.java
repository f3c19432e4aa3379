// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

/** Something that can be measured: a benchmark with fixed parameters, or a program of its own. */
interface Probe {
    /** Measures it now. */
    double measure(Effort effort) throws Exception;
}
