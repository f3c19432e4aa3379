// SPDX-License-Identifier: BSD-2-Clause
package shell.command.machine;

import java.util.List;
import java.util.stream.Collectors;
import kernel.lwp.machine.Machine;
import kernel.vm.tck.PmapKit;
import machine.core.slot.VariantHandle;
import machine.core.slot.VariantInfo;
import machine.core.slot.VariantSource;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/**
 * {@code tck}: runs the conformance kit against a variant, in kernels of its own.
 *
 * <p>Its value is the table when every check passed; otherwise the command fails and names those that did not.
 */
public final class TckCommand extends Command {
    private static final String MACHINE = "machine";
    private final Kernels kernels;

    public TckCommand(Kernels kernels) {
        super(MACHINE, "tck", "runs the conformance checks of a slot against one of its variants");
        this.kernels = kernels;
        takes("machine NAME", 2, 2, Candidates.SLOT, Candidates.OF_SLOT);
        example("tck machine armv7");
    }

    @Override
    public Object run(Invocation in) {
        if (!in.text(0).equals(MACHINE)) {
            throw new IllegalArgumentException("no conformance checks for slot " + in.text(0) + "; there are some for "
                    + MACHINE);
        }
        VariantSource variants = kernels.factory().variants();
        VariantHandle handle = variants.acquire(MACHINE, in.text(1));
        if (handle == null) {
            throw new IllegalArgumentException("no machine " + in.text(1) + "; there are "
                    + variants.variants(MACHINE).stream().map(VariantInfo::variant).collect(Collectors.joining(" ")));
        }
        try {
            return report((Machine) handle.instance());
        } finally {
            handle.release();
        }
    }

    private static Rows<CheckRow> report(Machine machine) {
        MachineUnderTest subject = new MachineUnderTest(machine);
        List<CheckRow> rows = PmapKit.checks().stream().map(check -> CheckRow.of(check, subject)).toList();
        List<CheckRow> failed = rows.stream().filter(row -> !row.passed()).toList();
        if (!failed.isEmpty()) {
            throw new IllegalStateException(machine.name() + " fails " + failed.size() + " of " + rows.size()
                    + " checks: " + failed.stream().map(row -> row.check() + " (" + row.reason() + ")")
                    .collect(Collectors.joining("; ")));
        }
        return new Rows<>(CheckRow.class, rows);
    }
}
