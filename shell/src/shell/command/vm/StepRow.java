// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.vm.pmap.WalkStep;

/** A level of a page-table walk, with the raw descriptor and its bits. */
record StepRow(String level, long tableAddress, int index, String descriptor, String decoded) {
    static StepRow of(WalkStep step) {
        String digits = "0".repeat(2 * step.descriptorBytes()) + Long.toHexString(step.descriptor());
        String raw = "0x" + digits.substring(digits.length() - 2 * step.descriptorBytes());
        return new StepRow(step.level(), step.tableAddress(), step.index(), raw, step.decoded());
    }
}
