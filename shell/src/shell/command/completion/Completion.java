// SPDX-License-Identifier: BSD-2-Clause
package shell.command.completion;

import java.util.Collection;
import java.util.List;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Option;

/** Says what may stand at a place of a command line. */
public final class Completion {
    private final Collection<Command> commands;
    private final Vocabulary vocabulary;

    public Completion(Collection<Command> commands, Vocabulary vocabulary) {
        this.commands = commands;
        this.vocabulary = vocabulary;
    }

    /**
     * Candidates for one word.
     *
     * @param words all words of the statement, the command first
     * @param index which of them is being completed
     */
    public List<String> candidates(List<String> words, int index) {
        List<String> before = words.subList(0, Math.min(index, words.size()));
        if (before.isEmpty()) {
            return List.of();
        }
        String name = before.getFirst().substring(before.getFirst().indexOf(':') + 1);
        return commands.stream().filter(c -> c.name().equals(name)).findFirst()
                .map(command -> vocabulary.words(kind(command, before), before))
                .orElse(List.of());
    }

    private static Candidates kind(Command command, List<String> before) {
        Option last = command.option(before.getLast());
        if (last != null && !last.isFlag()) {
            return last.choices() == null ? Candidates.NONE : last.choices();
        }
        int operands = 0;
        for (int i = 1; i < before.size(); i++) {
            Option option = command.option(before.get(i));
            if (option == null) {
                operands++;
            } else if (!option.isFlag()) {
                i++;
            }
        }
        return command.operandKind(operands);
    }
}
