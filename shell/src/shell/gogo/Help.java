// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Worded;

/** Lists the commands by scope, or explains one of them. */
final class Help extends Command {
    private final Supplier<? extends Collection<Command>> commands;

    /** What is known about one command. */
    record Page(String scope, String name, String summary, String usage, List<Choice> options, String details,
            String example)
            implements Worded {
        static Page of(Command command) {
            List<Choice> options =
                    command.options().stream().map(o -> new Choice(o.synopsis(), o.description())).toList();
            return new Page(command.scope(), command.name(), command.summary(), command.usage(), options,
                    command.details().strip(), command.example());
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder(name + ": " + summary + "\nusage: " + usage);
            int width = options.stream().mapToInt(o -> o.option().length()).max().orElse(0);
            for (Choice choice : options) {
                String gap = " ".repeat(width - choice.option().length());
                text.append("\n  ").append(choice.option()).append(gap).append("  ").append(choice.description());
            }
            return text.append(details.isEmpty() ? "" : "\n" + details).append("\nexample: ").append(example)
                    .toString();
        }
    }

    /** An option in the help. */
    record Choice(String option, String description) {
    }

    /** A line of the list. */
    record Entry(String scope, String name, String summary, String example) {
    }

    /** All commands. */
    record Overview(List<Entry> commands) implements Worded {
        @Override
        public String text() {
            int width = commands.stream().mapToInt(e -> e.name().length()).max().orElse(0);
            return commands.stream()
                    .collect(Collectors.groupingBy(Entry::scope, java.util.LinkedHashMap::new, Collectors.toList()))
                    .entrySet().stream()
                    .map(scope -> scope.getKey() + "\n" + scope.getValue().stream()
                            .map(e -> "  " + e.name() + " ".repeat(width - e.name().length()) + "  " + e.summary())
                            .collect(Collectors.joining("\n")))
                    .collect(Collectors.joining("\n", "",
                    "\nCOMMAND --help says more. gogo:help lists the commands of the framework."));
        }
    }

    Help(Supplier<? extends Collection<Command>> commands) {
        super("kernel", "help", "lists the commands, or explains one");
        this.commands = commands;
        takes("[COMMAND]", 0, 1, Candidates.COMMAND);
        example("help sys");
    }

    @Override
    public Object run(Invocation in) {
        if (in.has(0)) {
            String name = in.text(0).substring(in.text(0).indexOf(':') + 1);
            return commands.get().stream().filter(c -> c.name().equals(name)).findFirst().map(Page::of)
                    .orElseThrow(() -> new IllegalArgumentException("there is no command " + name
                            + " here; help lists ours, gogo:help lists those of the framework"));
        }
        return new Overview(commands.get().stream().map(c -> new Entry(c.scope(), c.name(), c.summary(), c.example()))
                .toList());
    }
}
