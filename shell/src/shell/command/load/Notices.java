// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import java.io.PrintStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What the shell tells its user without being asked. Thread-safe.
 *
 * <p>An interactive session shows it above the line that is being typed, or before the next prompt. A verb that was given
 * to {@code ./kw} has no prompt: it prints what is wrong to standard error, and nothing else.
 */
@Component(service = Notices.class)
public final class Notices {
    private final boolean interactive;
    private final PrintStream err;
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    private volatile Consumer<String> editor;

    /** For the container. */
    @Activate
    public Notices() {
        this(Integer.getInteger("kw.args.count", 0) == 0, System.err);
    }

    Notices(boolean interactive, PrintStream err) {
        this.interactive = interactive;
        this.err = err;
    }

    /** From now on notices go to this line editor, which keeps them apart from what is being typed. */
    public void showWith(Consumer<String> lineEditor) {
        editor = lineEditor;
    }

    /** Something went as it should. */
    void news(String text) {
        if (interactive) {
            tell(text);
        }
    }

    /** Something is wrong. */
    void problem(String text) {
        if (interactive) {
            tell(text);
        } else {
            err.println("kw: " + text);
        }
    }

    private void tell(String text) {
        Consumer<String> shown = editor;
        if (shown == null) {
            waiting.add(text);
        } else {
            shown.accept(text);
        }
    }

    /** Prints what nobody has seen yet; called before each prompt. */
    public void flush(PrintStream console) {
        for (String text = waiting.poll(); text != null; text = waiting.poll()) {
            console.println(text);
        }
    }
}
