// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import kernel.lwp.kernel.Kernel;
import kernel.vm.object.SignalPersonality;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.deed.Deeds;
import shell.command.kernel.Kernels;

/** {@code personality}: which signals failed faults become, apart from the profile of slot vm. */
public final class PersonalityCommand extends Command {
    private final Kernels kernels;
    private final Deeds deeds;

    public PersonalityCommand(Kernels kernels, Deeds deeds) {
        super("vm", "personality", "shows which signals failed faults become, or chooses them");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("[NAME]", 0, 1, Candidates.NONE);
        example("personality freebsd_6");
        details("Names: " + names() + ". It stays when slot vm is filled again.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        if (in.count() == 1) {
            deeds.personality(personality(in.text(0))).perform(kernel);
        }
        return kernel.ask(engine -> name(kernel.vm().context().signals()));
    }

    private static SignalPersonality personality(String word) {
        for (SignalPersonality personality : SignalPersonality.values()) {
            if (name(personality).equalsIgnoreCase(word)) {
                return personality;
            }
        }
        throw new IllegalArgumentException("no personality is named " + word + "; there are: " + names());
    }

    private static String names() {
        return Arrays.stream(SignalPersonality.values()).map(PersonalityCommand::name)
                .collect(Collectors.joining(", "));
    }

    private static String name(SignalPersonality personality) {
        return personality.name().toLowerCase(Locale.ROOT);
    }
}
