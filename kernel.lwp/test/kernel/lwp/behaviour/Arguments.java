// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kernel.lwp.fixture.TestMachine;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.UserContext;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.vm.syscall.SymbolSet;

/** Reads the arguments of one call, and puts what they point to into the memory of the process. */
final class Arguments {
    private static final long BAD = 0xdead_0000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Pattern PLACED = Pattern.compile("(@[a-z]+)=(.+)");
    private static final Pattern EDGE = Pattern.compile("EDGE\\((.+)\\)");
    private static final Pattern NOW = Pattern.compile("(realtime|monotonic)([+-])(.+)");
    private static final Pattern CONTEXT = Pattern.compile("ctx\\(([A-Z])(.*)\\)");

    private final Stage stage;
    private final Memory memory;
    private final User user;
    private String born;

    Arguments(Stage stage, Memory memory, User user) {
        this.stage = stage;
        this.memory = memory;
        this.user = user;
    }

    /** The actor that a context among the arguments starts, or null. */
    String born() {
        return born;
    }

    /** The value to pass, if no constants have names. */
    long value(String text) {
        return value(text, null);
    }

    /**
     * The value to pass.
     *
     * @param names says which constants have names, or null
     */
    long value(String text, SymbolSet names) {
        if (text.equals("NULL")) {
            return 0;
        }
        if (text.equals("BAD")) {
            return BAD;
        }
        if (text.matches("[A-Z]")) {
            return stage.actor(text).lwp().lid();
        }
        if (text.matches("@[a-z]+")) {
            return memory.cell(text);
        }
        if (text.matches("-?(0x[0-9a-f]+|[0-9]+)")) {
            return Long.decode(text);
        }
        if (text.matches("[A-Z_|0-9]+") && names != null) {
            return symbols(text, names);
        }
        Matcher placed = PLACED.matcher(text);
        if (placed.matches()) {
            return place(memory.cell(placed.group(1)), placed.group(2));
        }
        Matcher edge = EDGE.matcher(text);
        if (edge.matches()) {
            return edge(edge.group(1));
        }
        return place(memory.room(room(text)), text);
    }

    private static long symbols(String text, SymbolSet symbols) {
        long value = 0;
        for (String word : text.split("\\|")) {
            value |= word.matches("[0-9].*") ? Long.decode(word) : symbols.value(word);
        }
        return value;
    }

    private static int room(String text) {
        Matcher repeated = Pattern.compile("\\[.* x([0-9]+)]").matcher(text);
        return repeated.matches() ? Integer.BYTES * Integer.parseInt(repeated.group(1)) : 256;
    }

    /** What ends at the end of the mapped memory: some bytes, or a string without its zero. */
    private long edge(String text) {
        if (!text.startsWith("\"")) {
            return memory.end() - Integer.parseInt(text);
        }
        byte[] bytes = text.substring(1, text.length() - 1).getBytes(StandardCharsets.ISO_8859_1);
        long at = memory.end() - bytes.length;
        bytes(at, bytes);
        return at;
    }

    private long place(long at, String text) {
        Matcher context = CONTEXT.matcher(text);
        if (context.matches()) {
            return context(context.group(1), context.group(2));
        }
        if (text.startsWith("\"")) {
            bytes(at, (text.substring(1, text.length() - 1) + "\0").getBytes(StandardCharsets.ISO_8859_1));
        } else if (text.startsWith("[")) {
            lids(at, text.substring(1, text.length() - 1).split(" +"));
        } else if (text.matches("[0-9]+")) {
            user.store(at, Integer.parseInt(text));
        } else if (text.startsWith("{")) {
            String[] words = text.substring(1, text.length() - 1).split(" +");
            user.storeLong(at, Long.decode(words[0]));
            user.storeLong(at + Long.BYTES, Long.decode(words[1]));
        } else {
            time(at, text);
        }
        return at;
    }

    private void bytes(long at, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            user.lwp().trap().store(user.lwp(), at + i, 1, bytes[i]);
        }
    }

    private void lids(long at, String[] words) {
        boolean repeated = words[words.length - 1].startsWith("x");
        int count = repeated ? Integer.parseInt(words[words.length - 1].substring(1)) : words.length;
        for (int i = 0; i < count; i++) {
            user.store(at + (long) Integer.BYTES * i, (int) value(words[repeated ? 0 : i]));
        }
    }

    private void time(long at, String text) {
        Matcher absolute = NOW.matcher(text);
        long nanos;
        if (absolute.matches()) {
            int clock = absolute.group(1).equals("realtime") ? LwpRevisionHost.CLOCK_REALTIME
                    : LwpRevisionHost.CLOCK_MONOTONIC;
            long offset = Words.duration(absolute.group(3));
            nanos = user.lwp().proc().processes().clocks().nanos(clock)
                    + (absolute.group(2).equals("-") ? -offset : offset);
        } else {
            nanos = Words.duration(text);
        }
        user.storeLong(at, nanos / NANOS_PER_SECOND);
        user.storeLong(at + Long.BYTES, nanos % NANOS_PER_SECOND);
    }

    /** A context that starts an actor, with what the words change in it. */
    private long context(String name, String changes) {
        born = name;
        UserContext context = user.startContext(stage.actor(name)::live, 0);
        for (String change : changes.strip().split(" +")) {
            String[] halves = change.split("=");
            switch (halves[0]) {
                case "" -> { }
                case "no-cpu" -> context.flags &= ~UserContext.UC_CPU;
                case "bad-registers" -> context.registers().status = ~TestMachine.STATUS;
                case "sigmask" -> {
                    context.flags |= UserContext.UC_SIGMASK;
                    context.signalMaskLow = Long.decode(halves[1]);
                }
                case "unused-sigmask" -> context.signalMaskLow = Long.decode(halves[1]);
                case "tls" -> context.registers().tls = Long.decode(halves[1]);
                default -> throw new IllegalArgumentException("no change of a context: " + change);
            }
        }
        return user.put(context);
    }
}
