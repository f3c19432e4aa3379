// SPDX-License-Identifier: BSD-2-Clause
package shell.command.completion;

import java.util.List;
import shell.command.Candidates;

/** Knows the words that exist at the moment: pids, variants, system calls and so on. */
public interface Vocabulary {
    /**
     * The words of a kind.
     *
     * @param before the words of the line up to the one being completed, the command first
     */
    List<String> words(Candidates kind, List<String> before);
}
