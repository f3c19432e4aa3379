// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kernel.lwp.kernel.Kernel;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;

/** {@code use}: fills slots with other variants, in one transaction, under whatever runs. */
public final class UseCommand extends Command {
    private final Kernels kernels;

    public UseCommand(Kernels kernels) {
        super("kernel", "use", "fills slots with other variants, under whatever runs");
        this.kernels = kernels;
        takes("SLOT VARIANT [SLOT VARIANT...]", 2, -1, Candidates.VARIANT);
        example("use sched m2 machine aarch64");
        details("All slots change together, or none does.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        SwapReport report = kernel.swap(requests(kernel, in));
        if (!report.committed()) {
            throw new IllegalArgumentException("nothing has changed: " + report.outcome());
        }
        return SwapResult.of(report);
    }

    private static List<SwapRequest> requests(Kernel kernel, Invocation in) {
        if (in.count() % 2 != 0) {
            throw new IllegalArgumentException("slot " + in.text(in.count() - 1)
                    + " has no variant; write SLOT VARIANT");
        }
        Set<String> slots = new LinkedHashSet<>();
        List<SwapRequest> requests = new ArrayList<>();
        for (int i = 0; i < in.count(); i += 2) {
            if (!slots.add(in.text(i))) {
                throw new IllegalArgumentException("slot " + in.text(i) + " is named twice");
            }
            requests.add(new SwapRequest(in.text(i), in.text(i + 1)));
        }
        List<String> known = kernel.ask(engine -> kernel.slots().slots().stream().map(s -> s.name()).toList());
        for (SwapRequest request : requests) {
            check(kernel, known, request);
        }
        return requests;
    }

    private static void check(Kernel kernel, List<String> known, SwapRequest request) {
        if (!known.contains(request.slot())) {
            throw new IllegalArgumentException("there is no slot " + request.slot() + "; there are "
                    + String.join(", ", known));
        }
        List<String> variants = kernel.variants().variants(request.slot()).stream().map(v -> v.variant()).toList();
        if (!variants.contains(request.variant())) {
            throw new IllegalArgumentException("slot " + request.slot() + " has no variant " + request.variant()
                    + "; there are " + String.join(", ", variants) + " (a bundle in load/ adds its own; load says what is there)");
        }
    }
}
