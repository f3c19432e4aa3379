// SPDX-License-Identifier: BSD-2-Clause
package itest.workload;

import userland.program.Program;
import userland.program.User;

/** Makes a system call that always fails with ENOSYS, several times. Exit status: 0, or 1 for another answer. */
public final class Caller implements Program {
    public static final int CALLS = 3;
    private static final int ENOSYS = 78;

    private final String call;

    public Caller(String call) {
        this.call = call;
    }

    @Override
    public String name() {
        return "itest-caller";
    }

    @Override
    public String description() {
        return "makes a call that fails";
    }

    @Override
    public int main(User user, String[] args) {
        for (int i = 0; i < CALLS; i++) {
            if (user.syscall(call, i) != -1 || user.errno() != ENOSYS) {
                return 1;
            }
        }
        return 0;
    }
}
