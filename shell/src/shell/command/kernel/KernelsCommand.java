// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.List;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.format.Rows;

/** {@code kernels}: lists the kernels, chooses the current one, ends one. */
public final class KernelsCommand extends Command {
    private static final String END = "--end";
    private final Kernels kernels;

    public KernelsCommand(Kernels kernels) {
        super("kernel", "kernels", "lists the kernels of this shell, or makes another one the current one");
        this.kernels = kernels;
        takes("[ID]", 0, 1);
        has(Option.of(END, "ID", "end this kernel and free its memory"));
        example("kernels 1");
    }

    @Override
    public Object run(Invocation in) {
        if (in.option(END) != null) {
            kernels.end(Numbers.natural(in.option(END), "a kernel"));
        }
        if (in.has(0)) {
            kernels.select(Numbers.natural(in.text(0), "a kernel"));
        }
        Booted current = kernels.current();
        List<KernelRow> rows = new ArrayList<>();
        for (Booted booted : kernels.all()) {
            rows.add(KernelRow.of(booted, booted == current));
        }
        return new Rows<>(KernelRow.class, rows);
    }
}
