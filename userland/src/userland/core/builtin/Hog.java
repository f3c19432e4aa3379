// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;
import userland.quantity.DurationText;

/** Computes and does nothing else: what schedulers take CPU time from. */
@Component
public final class Hog implements Program {
    @Override
    public String name() {
        return "hog";
    }

    @Override
    public String description() {
        return "computes: hog [DURATION=1s] [THREADS=1]";
    }

    @Override
    public int main(User user, String[] args) {
        long nanos = args.length == 0 ? 1_000_000_000L : DurationText.parseNanos(args[0]);
        int threads = Arguments.positive(args, 1, 1, "threads");
        long[] started = new long[threads - 1];
        for (int i = 0; i < started.length; i++) {
            started[i] = user.pthread().threads().create(user, (own, argument) -> own.compute(nanos), 0);
        }
        user.compute(nanos);
        for (long thread : started) {
            user.pthread().threads().join(user, thread);
        }
        return 0;
    }
}
