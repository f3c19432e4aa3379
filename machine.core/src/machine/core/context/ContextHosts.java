// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

import org.osgi.annotation.versioning.ProviderType;

/** The context hosts there are. Each call makes a new one, for one engine. */
@ProviderType
public final class ContextHosts {

    private static final String CONTINUATION_PACKAGE = "jdk.internal.vm";

    private ContextHosts() {
    }

    /** The fastest host this JVM allows. */
    public static ContextHost preferred() {
        return continuationAvailable() ? continuation() : virtualThread();
    }

    /**
     * A host on the JDK's own one-shot continuations.
     *
     * @throws IllegalStateException if this JVM does not export them; says which option does
     */
    public static ContextHost continuation() {
        if (!continuationAvailable()) {
            throw new IllegalStateException("the JDK's continuations are not accessible: start Java with"
                    + " --add-exports java.base/" + CONTINUATION_PACKAGE + "=ALL-UNNAMED, or use virtual threads");
        }
        return new ContinuationHost();
    }

    /** A host on virtual threads; needs nothing but the public API. */
    public static ContextHost virtualThread() {
        return new VirtualThreadHost();
    }

    /** Whether {@link #continuation()} works in this JVM. */
    public static boolean continuationAvailable() {
        if (!Object.class.getModule().isExported(CONTINUATION_PACKAGE, ContextHosts.class.getModule())) {
            return false;
        }
        try {
            Class.forName(CONTINUATION_PACKAGE + ".Continuation", false, ContextHosts.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException hidden) {
            // Exported by the JVM, but not imported by the bundle.
            return false;
        }
    }
}
