// SPDX-License-Identifier: BSD-2-Clause
package shell.command.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;

class CompletionTest {
    private static final class Sample extends Command {
        Sample() {
            super("kernel", "sample", "is completed");
            takes("PID CALL...", 1, -1, Candidates.PID, Candidates.CALL);
            has(Option.of("--slot", "S", "a slot").from(Candidates.SLOT), Option.of("--seed", "N", "a number"),
                    Option.flag("--nowait", "a flag"));
        }

        @Override
        public Object run(Invocation in) {
            return null;
        }
    }

    private final Completion completion = new Completion(List.of(new Sample()), (kind, before) -> List.of(kind.name()));

    @ParameterizedTest
    @CsvSource({
        "sample,                      PID",
        "kernel:sample,               PID",
        "sample 1,                    CALL",
        "sample 1 mmap,               CALL",
        "sample --slot,               SLOT",
        "sample --seed,               NONE",
        "sample --seed 3,             PID",
        "sample --nowait --slot x 1,  CALL",
        "other,                       ''"})
    void kindFollowsFromTheWordsBefore(String before, String kind) {
        List<String> words = List.of(before.split(" "));
        List<String> expected = kind.isEmpty() ? List.of() : List.of(kind);
        assertEquals(expected, completion.candidates(words, words.size()));
    }
}
