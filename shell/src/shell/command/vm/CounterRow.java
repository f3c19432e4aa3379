// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.Locale;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmCounters;

/** A counter of the memory layer or of the TLBs. */
record CounterRow(String counter, long count, String what) {
    static CounterRow of(VmCounter counter, VmCounters counters) {
        String name = counter.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new CounterRow(name, counters.get(counter), counter.description());
    }
}
