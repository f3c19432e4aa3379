// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;
import userland.pthread.Barriers;

/**
 * Threads that work in phases with a barrier between them; a slow one holds up all.
 *
 * <p>Exit status 1 means that a thread began a phase before all others had ended the one before.
 */
@Component
public final class Phases implements Program {
    private static final long WORK_NANOS = 20_000;

    @Override
    public String name() {
        return "phases";
    }

    @Override
    public String description() {
        return "threads meet at a barrier after every phase: phases [THREADS=4] [PHASES=50]";
    }

    @Override
    public int main(User user, String[] args) {
        int threads = Arguments.positive(args, 0, 4, "threads");
        int phases = Arguments.positive(args, 1, 50, "phases");
        long barrier = user.allocate(Barriers.BYTES);
        long done = user.allocate(16);
        long wrong = done + 8;
        user.pthread().barriers().init(user, barrier, threads);
        Team.run(user, threads, (own, index) -> {
            for (int phase = 0; phase < phases; phase++) {
                own.compute(WORK_NANOS * (1 + index % 3));
                own.fetchAdd32(done, 1);
                own.pthread().barriers().await(own, barrier);
                if (own.load32(done) < (phase + 1) * threads) {
                    own.store32(wrong, 1);
                }
            }
        });
        return user.load32(wrong) == 0 ? 0 : 1;
    }
}
