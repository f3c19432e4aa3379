// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes execution contexts for one engine.
 *
 * <p>A host belongs to exactly one engine and, like everything in a kernel, is used by one thread at a
 * time. {@link ContextHosts} has the two that exist.
 */
@ProviderType
public interface ContextHost {

    /** {@code continuation} or {@code virtual-thread}; shown in reports, never part of the event log. */
    String name();

    /**
     * Creates a context that will run {@code body} when it is first resumed.
     *
     * @param body direct-style code. It must not suspend inside a class initialiser or native code, nor
     *     while it holds a host lock or monitor: the JVM refuses the first on one host, and nobody notices
     *     the second until another context wants the lock
     * @return a context that the caller owns, not yet started
     * @throws IllegalStateException if this host is closed
     */
    ExecutionContext create(Runnable body);

    /**
     * Makes, but does not start, the host thread that is cheapest for resuming contexts of this host.
     *
     * @param name thread name
     * @param loop what the thread runs
     */
    Thread engineThread(String name, Runnable loop);

    /** Abandons every context that has not finished. The engine calls it once, at its own end. */
    void close();
}
