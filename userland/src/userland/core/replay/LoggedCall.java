// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import userland.core.strace.StraceCall;

/** A call of the log together with the step it becomes. */
record LoggedCall(StraceCall call, Step step, ThreadPlan thread, ProcessPlan process) {
    /** Whether one of these is its name. */
    boolean named(String... names) {
        for (String name : names) {
            if (name.equals(call.name())) {
                return true;
            }
        }
        return false;
    }

    /** Whether it starts a thread or a process. */
    boolean starts() {
        return named("clone", "clone3", "fork", "vfork");
    }

    /** Whether it starts a thread of the same process. */
    boolean startsThread() {
        return starts() && String.join(",", call.arguments()).contains("CLONE_THREAD");
    }
}
