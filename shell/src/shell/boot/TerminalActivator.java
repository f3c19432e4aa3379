// SPDX-License-Identifier: BSD-2-Clause
package shell.boot;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Opens the real terminal before gogo.jline asks for one.
 *
 * <p>JLine looks for its terminal providers through the thread's context class loader. In a framework
 * that is the application's loader, which has none of them, and the shell would silently end up with a
 * dumb terminal. Here the terminal is made with JLine's own loader.
 */
public final class TerminalActivator implements BundleActivator {
    private Terminal terminal;

    @Override
    public void start(BundleContext context) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Terminal.class.getClassLoader());
        try {
            terminal = TerminalBuilder.builder()
                    .name("kw")
                    .system(true)
                    .dumb(true)
                    .nativeSignals(true)
                    .signalHandler(SignalHandler.SIG_IGN)
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
        override(terminal);
    }

    /**
     * Closes the terminal together with the framework only. After a mere update of this bundle the shell
     * goes on with the same terminal, which {@code build()} then returns again.
     */
    @Override
    public void stop(BundleContext context) throws IOException {
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING) {
            override(null);
            terminal.close();
        }
    }

    /** JLine deprecates this without offering gogo.jline another way to be given a terminal. */
    @SuppressWarnings("deprecation")
    private static void override(Terminal terminal) {
        TerminalBuilder.setTerminalOverride(terminal);
    }
}
