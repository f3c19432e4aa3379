// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** One use of a command: its operands and options, and where its user sits. */
@ProviderType
public final class Invocation {
    private final Command command;
    private final Place place;
    private final List<Object> operands = new ArrayList<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    /**
     * Where a command runs.
     *
     * @param out standard output: results
     * @param err standard error: errors and progress
     * @param console what the user reads even while {@code out} is being captured
     * @param directory what relative file names are relative to
     */
    public record Place(PrintStream out, PrintStream err, PrintStream console, Path directory) {
    }

    private Invocation(Command command, Place place) {
        this.command = command;
        this.place = place;
    }

    /** Sorts the words of a command line into options and operands, and checks both. */
    public static Invocation read(Command command, List<?> words, Place place) {
        Invocation in = new Invocation(command, place);
        in.sort(words);
        if (!in.wantsHelp()) {
            in.command.checkOperands(in.operands.size());
        }
        return in;
    }

    /** Whether {@code --help} was given: the number of operands has not been checked then. */
    public boolean wantsHelp() {
        return flag(Command.HELP.name());
    }

    private void sort(List<?> words) {
        boolean optionsOver = false;
        for (int i = 0; i < words.size(); i++) {
            Object word = words.get(i);
            boolean looksLikeOption = word instanceof CharSequence text && text.toString().startsWith("--");
            if (optionsOver || !looksLikeOption) {
                operands.add(word instanceof CharSequence ? word.toString() : word);
                optionsOver |= command.optionsFirst();
            } else if (word.toString().equals("--")) {
                optionsOver = true;
            } else {
                i = option(words, i);
            }
        }
    }

    /** Reads the option at the index, and returns the index of its last word. */
    private int option(List<?> words, int index) {
        String word = words.get(index).toString();
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = command.option(name);
        if (option == null) {
            throw new IllegalArgumentException("there is no option " + name + "; usage: " + command.usage());
        }
        if (option.isFlag()) {
            if (equals >= 0) {
                throw new IllegalArgumentException("option " + name + " takes no value");
            }
            options.put(name, List.of("true"));
            return index;
        }
        if (equals < 0 && index + 1 == words.size()) {
            throw new IllegalArgumentException("option " + option.synopsis() + " needs a value");
        }
        String value = equals < 0 ? Objects.toString(words.get(index + 1)) : word.substring(equals + 1);
        options.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        return equals < 0 ? index + 1 : index;
    }

    /** Whether an option was given; its name has the dashes. */
    public boolean flag(String name) {
        return options.containsKey(name);
    }

    /** The value of an option, the last one if it was repeated; null if it is absent. */
    public String option(String name) {
        List<String> values = options.get(name);
        return values == null ? null : values.getLast();
    }

    /** The value of an option, the last one if it was repeated, or {@code absent}. */
    public String option(String name, String absent) {
        String value = option(name);
        return value == null ? absent : value;
    }

    /** All values of an option that may be repeated. */
    public List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    /** How many operands there are. */
    public int count() {
        return operands.size();
    }

    /** Whether there is an operand at the index, from 0. */
    public boolean has(int index) {
        return index < operands.size();
    }

    /** The operand as text; it exists, since the number of operands was checked. */
    public String text(int index) {
        return Objects.toString(operands.get(index));
    }

    /** The operands from an index on: strings, or what a script passed: numbers, lists. */
    public List<Object> from(int index) {
        return List.copyOf(operands.subList(index, operands.size()));
    }

    /** Standard error, for progress and warnings; it stays the shell's. */
    public PrintStream err() {
        return place.err();
    }

    /** What the user reads even while standard output is captured, for what comes later; it stays the shell's. */
    public PrintStream console() {
        return place.console();
    }

    /** A file named by the user, relative to the directory the user is in. */
    public Path file(String name) {
        boolean plain = place.directory().equals(Path.of("").toAbsolutePath());
        return plain ? Path.of(name) : place.directory().resolve(name);
    }
}
