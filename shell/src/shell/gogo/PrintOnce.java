// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.service.component.annotations.Component;

/**
 * Lets the shell print the value of a line again after a line whose value a command has printed.
 *
 * @see GogoCommand
 */
@Component
public final class PrintOnce implements CommandSessionListener {
    @Override
    public void beforeExecute(CommandSession session, CharSequence line) {
        session.put(GogoCommand.SHELL_PRINTS, null);
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Exception failure) {
        // The shell has still to look whether the value was printed.
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Object result) {
        // The shell has still to look whether the value was printed.
    }
}
