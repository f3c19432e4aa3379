// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.util.List;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;

/**
 * Words of Gogo's script language: {@code each}, {@code if}, {@code echo} and so on.
 *
 * <p>They are in the bundle of the interactive shell, which scripts do not start. Those that want a
 * terminal are left out.
 *
 * @param target the object that has the commands
 */
record BatchCommands(Object target, List<String> names) {
    static List<BatchCommands> of(CommandProcessor processor) {
        return List.of(
                new BatchCommands(new Procedural(),
                        List.of("each", "if", "not", "throw", "try", "until", "while", "break", "continue")),
                new BatchCommands(new Builtin(), List.of("format", "getopt", "new", "set", "tac", "type")),
                new BatchCommands(new Posix(processor),
                        List.of("cat", "cd", "date", "echo", "grep", "head", "ls", "pwd", "sleep", "sort", "tail",
                        "wc")));
    }
}
