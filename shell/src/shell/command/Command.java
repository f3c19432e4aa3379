// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import java.util.ArrayList;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A verb of the workbench: what it is called, how it is used, and what it does.
 *
 * <p>A command returns its result, and the shell prints that as a table or, with {@code --json}, as JSON.
 * Bad input is an {@link IllegalArgumentException} that names the input and the next step; a command
 * that throws one has changed nothing.
 *
 * <p>A bundle adds a command by registering it as a service of this type: it is there at once, with its help, its
 * completion and {@code --json}, and goes with its bundle. Several sessions may run it at the same time, each on a
 * thread of its own; what it wants from a kernel it asks for with {@code Kernel.ask}.
 */
@ConsumerType
public abstract class Command {
    /** Every command has it: prints the help instead of doing anything. */
    public static final Option HELP = Option.flag("--help", "explain the command");
    /** Every command has it: prints the result as JSON. */
    public static final Option JSON = Option.flag("--json", "print the result as JSON");

    private final String scope;
    private final String name;
    private final String summary;
    private final List<Option> options = new ArrayList<>();
    private final List<Candidates> operandKinds = new ArrayList<>();
    private String operands = "";
    private String example;
    private String details = "";
    private int least;
    private int most;
    private boolean optionsFirst;

    /** @param summary one line that completes "this command ..." */
    protected Command(String scope, String name, String summary) {
        this.scope = scope;
        this.name = name;
        this.summary = summary;
        this.example = name;
        options.add(JSON);
        options.add(HELP);
    }

    /**
     * Does it.
     *
     * @return a record, a DTO, a {@link shell.command.format.Rows list} of them, a
     *     {@link shell.command.format.Worded} text, any plain value, or null for nothing to print
     * @throws IllegalArgumentException for bad input; the message names it and says what to do
     * @throws Exception for anything else that the user should see as one line
     */
    public abstract Object run(Invocation in) throws Exception;

    /**
     * Group of commands it belongs to: {@code kernel}, {@code lwp}, {@code sched}, {@code vm}, {@code machine}, {@code trace}, or
     * one of its own.
     */
    public final String scope() {
        return scope;
    }

    /** The word that the user types. */
    public final String name() {
        return name;
    }

    /** One line for the list of commands. */
    public final String summary() {
        return summary;
    }

    /** Its options, those that every command has last. */
    public final List<Option> options() {
        return options;
    }

    /** A line that works; messages show it. */
    public final String example() {
        return example;
    }

    /** What the help says besides the summary; may be empty. */
    public final String details() {
        return details;
    }

    /** Whether words after the first operand are operands, dashes or not. */
    public final boolean optionsFirst() {
        return optionsFirst;
    }

    /** The option of that name, with its dashes, or null. */
    public final Option option(String optionName) {
        return options.stream().filter(o -> o.name().equals(optionName)).findFirst().orElse(null);
    }

    /** What completion offers for the operand at the index; the last kind repeats. */
    public final Candidates operandKind(int index) {
        return operandKinds.isEmpty() ? Candidates.NONE : operandKinds.get(Math.min(index, operandKinds.size() - 1));
    }

    /**
     * Says what comes after the name.
     *
     * @param synopsis as in the help: {@code PID ADDR LEN}
     * @param most the greatest number of operands; -1 if there is no limit
     */
    protected final void takes(String synopsis, int least, int most, Candidates... kinds) {
        this.operands = synopsis;
        this.least = least;
        this.most = most;
        this.operandKinds.addAll(List.of(kinds));
    }

    /** Says which options it has; called by constructors, like all that follow. */
    protected final void has(Option... more) {
        options.addAll(0, List.of(more));
    }

    /** What follows the first operand belongs to somebody else, dashes or not. */
    protected final void readsOptionsFirst() {
        optionsFirst = true;
    }

    /** Gives a line that works, for the help and for messages. */
    protected final void example(String line) {
        this.example = line;
    }

    /** Gives the help more to say than the summary. */
    protected final void details(String text) {
        this.details = text;
    }

    /** The line after "usage:". */
    public final String usage() {
        StringBuilder text = new StringBuilder(name);
        for (Option option : options) {
            if (option != HELP) {
                text.append(" [").append(option.synopsis()).append(']');
            }
        }
        return operands.isEmpty() ? text.toString() : text.append(' ').append(operands).toString();
    }

    void checkOperands(int count) {
        if (count < least) {
            refuse("at least", least, count);
        }
        if (most >= 0 && count > most) {
            refuse("at most", most, count);
        }
    }

    private void refuse(String bound, int limit, int count) {
        String takes = limit == 0 ? "takes no argument" : limit == 1
                ? "takes " + bound + " 1 argument" : "takes " + bound + " " + limit + " arguments";
        throw new IllegalArgumentException(takes + ", not " + count + "; usage: " + (name + " " + operands).strip()
                + ", for example: " + example);
    }
}
