// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
        CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> kernel.run(limit),
                task -> Thread.ofVirtual().name("run").start(task));
        try {
            return run.get();
        } catch (InterruptedException e) {
            kernel.pause();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
