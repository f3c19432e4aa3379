// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.ArrayList;
import java.util.List;
import userland.pthread.Generation;

/**
 * The thread library that arguments ask for: {@code libpthread=2009} or {@code libpthread=2020}, anywhere among them.
 *
 * @param generation what they ask for, or null
 * @param rest the other arguments, for the program
 */
public record LibraryChoice(Generation generation, List<String> rest) {
    private static final String OPTION = "libpthread=";

    /**
     * Reads arguments; the last choice counts.
     *
     * @throws IllegalArgumentException when there is no such library; the message names those there are
     */
    public static LibraryChoice of(List<String> arguments) {
        Generation generation = null;
        List<String> rest = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith(OPTION)) {
                generation = Generation.ofYear(argument.substring(OPTION.length()));
            } else {
                rest.add(argument);
            }
        }
        return new LibraryChoice(generation, rest);
    }
}
