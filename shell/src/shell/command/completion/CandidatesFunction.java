// SPDX-License-Identifier: BSD-2-Clause
package shell.command.completion;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/** What the line editor calls to complete a word: {@code _candidates (words) index}. */
public final class CandidatesFunction implements Function {
    private final Completion completion;

    public CandidatesFunction(Completion completion) {
        this.completion = completion;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        List<?> words = (List<?>) arguments.getFirst();
        int index = ((Number) arguments.get(1)).intValue();
        return completion.candidates(words.stream().map(Object::toString).toList(), index);
    }
}
