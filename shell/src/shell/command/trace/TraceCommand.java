// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.kernel.Booted;
import shell.command.kernel.Kernels;

/** {@code trace}: keeps the events of the current kernel, and writes them to a file. */
public final class TraceCommand extends Command {
    private static final String CHROME = "chrome";
    private final Kernels kernels;

    /** What is being traced. */
    record State(boolean tracing, int events, long dropped, String file) {
    }

    public TraceCommand(Kernels kernels) {
        super("trace", "trace", "keeps the events of the kernel, and writes them for Perfetto and others");
        this.kernels = kernels;
        takes("on | off | save FILE", 1, 2, Candidates.SWITCH, Candidates.FILE);
        has(Option.of("--format", "F", "format of the file: chrome"));
        example("trace save run.json");
        details("on begins with an empty trace, off stops adding to it, save writes what there is.");
    }

    @Override
    public Object run(Invocation in) throws IOException {
        Booted booted = kernels.current();
        String word = in.text(0);
        boolean save = word.equals("save");
        if (save != in.has(1)) {
            throw new IllegalArgumentException(save ? "write trace save FILE" : "only save takes a file");
        }
        return switch (word) {
            case "on" -> on(booted);
            case "off" -> off(booted);
            case "save" -> save(booted, in);
            default -> throw new IllegalArgumentException("'" + word + "' is none of on, off and save");
        };
    }

    private static State on(Booted booted) {
        off(booted);
        TraceBuffer buffer = new TraceBuffer();
        booted.kernel().ask(engine -> {
            engine.events().sink(buffer);
            return null;
        });
        booted.trace(buffer);
        return new State(true, 0, 0, null);
    }

    private static State off(Booted booted) {
        TraceBuffer buffer = booted.trace();
        if (buffer == null) {
            return new State(false, 0, 0, null);
        }
        return booted.kernel().ask(engine -> {
            engine.events().removeSink(buffer);
            return new State(false, buffer.events().size(), buffer.dropped(), null);
        });
    }

    private static State save(Booted booted, Invocation in) throws IOException {
        if (!in.option("--format", CHROME).equals(CHROME)) {
            throw new IllegalArgumentException("there is no trace format " + in.option("--format") + "; there is "
                    + CHROME);
        }
        TraceBuffer buffer = booted.trace();
        if (buffer == null) {
            throw new IllegalArgumentException("nothing was traced; trace on, run something, then save");
        }
        Kernel kernel = booted.kernel();
        Path file = in.file(in.text(1));
        TraceBuffer.Copy copy = kernel.ask(engine -> buffer.copy());
        try (Writer out = Files.newBufferedWriter(file)) {
            ChromeTrace.write(copy.events(), kernel.config().cpus(), out);
        }
        return new State(true, copy.events().size(), copy.dropped(), file.toString());
    }
}
