// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Does something that takes long and cannot be interrupted by itself, so that Ctrl-C still works. */
public final class Foreground {
    private Foreground() {
    }

    /**
     * Does the work on a thread of its own and waits for it.
     *
     * @param cancel called when the waiting thread is interrupted; has to make the work end soon
     */
    public static <T> T await(Supplier<T> work, Runnable cancel) throws InterruptedException {
        CompletableFuture<T> result =
                CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().name("foreground").start(task));
        try {
            return result.get();
        } catch (InterruptedException e) {
            cancel.run();
            throw e;
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static RuntimeException unwrapped(Throwable cause) {
        if (cause instanceof Error broken) {
            throw broken;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
}
