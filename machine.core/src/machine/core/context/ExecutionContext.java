// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Code with a stack of its own that runs only while somebody resumes it.
 *
 * <p>The engine resumes; the code inside suspends, at any depth. Exactly one of the two runs at a time.
 * An LWP, a kernel thread and an idle loop are each one context.
 */
@ProviderType
public abstract class ExecutionContext {

    /** For the hosts of this package only. */
    ExecutionContext() {
    }

    /**
     * Runs the body until it suspends or ends. Called by the engine only.
     *
     * @return true if the body suspended and can be resumed again, false if it has ended
     * @throws IllegalStateException if the body had already ended or was abandoned
     * @throws RuntimeException whatever the body threw, as it was thrown; the context has then ended
     */
    public abstract boolean resume();

    /**
     * Gives control back to whoever resumed this context. Called by the body only; returns at the next
     * {@link #resume()}.
     */
    public abstract void suspend();

    /**
     * Declares that a suspended context will never run again, and frees what it holds.
     *
     * <p>Kernel code calls {@link machine.core.engine.Engine#abandon} or
     * {@link machine.core.engine.Cpu#exitTo}, which keep the code of {@code finally} blocks, that one of
     * the hosts has to run, from touching the kernel. Does nothing if the body has ended.
     */
    public abstract void abandon();

    /** The thread of its own on which the body runs, or null if it runs on that of who resumed it. */
    public Thread thread() {
        return null;
    }

    /** Whether the body has ended or was abandoned. */
    public abstract boolean finished();
}
