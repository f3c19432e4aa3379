// SPDX-License-Identifier: BSD-2-Clause
package itest.workload;

import userland.program.Program;
import userland.program.User;

/** Keeps a number in a floating-point register across signals whose handlers use it too. Exit status: 0, or 1 for a loss. */
public final class Floating implements Program {
    private static final int ROUNDS = 200;
    private static final int SIGUSR1 = 30;
    private static final int REGISTER = 1;
    private static final long WORK_NANOS = 1_000_000;

    @Override
    public String name() {
        return "itest-floating";
    }

    @Override
    public String description() {
        return "computes in signal handlers";
    }

    @Override
    public int main(User user, String[] args) {
        long[] handled = new long[1];
        user.sigaction(SIGUSR1, (own, signal, info, context) -> {
            own.storeFloat(REGISTER, Double.doubleToRawLongBits(-1.0));
            handled[0]++;
        }, 0, 0);
        for (int round = 0; round < ROUNDS; round++) {
            long bits = Double.doubleToRawLongBits(round / 3.0);
            user.storeFloat(REGISTER, bits);
            user.raise(SIGUSR1);
            user.compute(WORK_NANOS);
            if (user.loadFloat(REGISTER) != bits || handled[0] != round + 1) {
                return 1;
            }
        }
        return 0;
    }
}
