// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

/**
 * An option of a command.
 *
 * @param name with its dashes: {@code --seed}
 * @param value what its value is called in the help, or null for a flag
 * @param description one line
 * @param choices what completion offers for the value: names a {@link Candidates} kind, or null
 */
public record Option(String name, String value, String description, Candidates choices) {
    /** One that is given or not. */
    public static Option flag(String name, String description) {
        return new Option(name, null, description, null);
    }

    /** One with a value. */
    public static Option of(String name, String value, String description) {
        return new Option(name, value, description, null);
    }

    /** The same with completion for its value. */
    public Option from(Candidates kind) {
        return new Option(name, value, description, kind);
    }

    /** Whether it has no value. */
    public boolean isFlag() {
        return value == null;
    }

    /** As the help shows it: with the name of its value. */
    public String synopsis() {
        return isFlag() ? name : name + " " + value;
    }
}
