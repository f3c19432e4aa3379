// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import kernel.lwp.kernel.Kernel;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;

/** Runs a kernel in the foreground, so that Ctrl-C pauses it. */
public final class Running {
    private Running() {
    }

    /** Says what to do if the kernel runs in the background. */
    public static void checkPaused(Kernel kernel) {
        if (kernel.thread().running()) {
            throw new IllegalArgumentException("the kernel is running in the background; pause it first");
        }
    }

    /**
     * Runs until the limit and waits for it; an interrupt pauses the kernel.
     *
     * @throws IllegalArgumentException if it is running in the background
     */
    public static RunOutcome run(Kernel kernel, RunLimit limit) throws InterruptedException {
        checkPaused(kernel);
        return Foreground.await(() -> kernel.run(limit), kernel::pause);
    }
}
