// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

/** What a module has done so far. */
final class PmapCounters {
    long enters;
    long quickEnters;
    long removes;
    long referencedFaults;
    long modifiedFaults;
    long shootdowns;
}
