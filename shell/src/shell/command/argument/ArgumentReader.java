// SPDX-License-Identifier: BSD-2-Clause
package shell.command.argument;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kernel.vm.syscall.Direction;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import shell.command.argument.Argument.Bytes;
import shell.command.argument.Argument.Context;
import shell.command.argument.Argument.Out;
import shell.command.argument.Argument.SignalSet;
import shell.command.argument.Argument.Stack;
import shell.command.argument.Argument.Trampoline;
import shell.command.argument.Argument.Word;

/** Reads the arguments of {@code sys}, each by the type of its parameter. */
public final class ArgumentReader {
    private static final int CPUS = 256;
    private final String call;

    private ArgumentReader(String call) {
        this.call = call;
    }

    /**
     * Reads all arguments of a call.
     *
     * @param words strings, or what a script passed: numbers and lists
     * @throws IllegalArgumentException naming the argument, and how it can be written
     */
    public static List<Argument> read(SyscallDescriptor call, List<?> words) {
        List<Parameter> parameters = call.parameters();
        if (words.size() != parameters.size()) {
            throw new IllegalArgumentException(call.name() + " takes " + parameters.size() + " arguments, not "
                    + words.size() + ": " + signature(call) + pipeHint(call, words.size()));
        }
        ArgumentReader reader = new ArgumentReader(call.name());
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            arguments.add(reader.argument(parameters.get(i), words.get(i)));
        }
        return arguments;
    }

    /** Gogo takes an unquoted {@code |} for a pipe, and the rest of the line with it. */
    private static String pipeHint(SyscallDescriptor call, int count) {
        boolean flags = call.parameters().stream().anyMatch(p -> p.symbols() != null && p.symbols().isBits());
        return flags && count < call.parameters().size() ? "; constants joined with | have to be quoted" : "";
    }

    /** The call with the names of its parameters. */
    public static String signature(SyscallDescriptor call) {
        return call.parameters().stream().map(Parameter::name)
                .collect(Collectors.joining(", ", call.name() + "(", ")"));
    }

    private Argument argument(Parameter parameter, Object word) {
        if (word == null) {
            throw wrong(parameter, "", "an unset variable, perhaps");
        }
        if (!parameter.type().pointer()) {
            return scalar(parameter, word);
        }
        String text = word.toString();
        if (text.equals("NULL")) {
            return new Word(parameter, text, 0);
        }
        if (Numbers.isNumber(word)) {
            long address = Numbers.parse(word, parameter.name());
            // A script keeps addresses as numbers; people read them in hexadecimal.
            String shown = word instanceof Number ? "0x" + Long.toHexString(address) : text;
            return new Word(parameter, shown, address);
        }
        if (text.equals("@")) {
            return out(parameter, text);
        }
        return literal(parameter, word);
    }

    private Argument out(Parameter parameter, String text) {
        if (parameter.direction() == Direction.IN) {
            throw wrong(parameter, text, "@ is for what a call stores, and this is what it reads");
        }
        return new Out(parameter, text);
    }

    private Argument literal(Parameter parameter, Object word) {
        String text = word.toString();
        ParameterType type = parameter.type();
        if (type == ParameterType.UCONTEXT && text.equals("ctx")) {
            return new Context(parameter, text);
        }
        if (type == ParameterType.SIGSET) {
            return new SignalSet(parameter, text, SignalArguments.set(word));
        }
        if (type == ParameterType.SIGACTION) {
            return SignalArguments.action(parameter, word);
        }
        if (type == ParameterType.CODE && text.equals("trampoline")) {
            return new Trampoline(parameter, text);
        }
        if (type == ParameterType.SIGSTACK && (text.equals("stack") || text.equals("none"))) {
            return new Stack(parameter, text, text.equals("none"));
        }
        if (type == ParameterType.TIMESPEC) {
            return Times.read(parameter, word);
        }
        if (type == ParameterType.LID_ARRAY && word instanceof List<?> list) {
            return array(parameter, list);
        }
        if (type == ParameterType.RLIMIT && word instanceof List<?> list && list.size() == 2) {
            return LimitArguments.read(parameter, list);
        }
        if (type == ParameterType.CPU_SET && word instanceof List<?> list) {
            return cpus(parameter, list);
        }
        if (type == ParameterType.INT_CELL && parameter.direction() == Direction.IN && word instanceof List<?> list
                && list.size() == 1) {
            return array(parameter, list);
        }
        if (type == ParameterType.BYTES && word instanceof List<?> list) {
            return bytes(parameter, list);
        }
        if (type == ParameterType.STRING || type == ParameterType.BYTES) {
            return string(parameter, text, type == ParameterType.STRING);
        }
        throw wrong(parameter, text, forms(parameter));
    }

    private static Argument string(Parameter parameter, String text, boolean terminated) {
        byte[] characters = text.getBytes(StandardCharsets.UTF_8);
        byte[] content = terminated ? java.util.Arrays.copyOf(characters, characters.length + 1) : characters;
        return new Bytes(parameter, '"' + text + '"', content);
    }

    private static Argument array(Parameter parameter, List<?> list) {
        ByteBuffer content = ByteBuffer.allocate(list.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        list.forEach(element -> content.putInt((int) Numbers.parse(element, parameter.name())));
        return new Bytes(parameter, shown(list), content.array());
    }

    private static Argument bytes(Parameter parameter, List<?> list) {
        byte[] content = new byte[list.size()];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) Numbers.parse(list.get(i), parameter.name());
        }
        return new Bytes(parameter, shown(list), content);
    }

    private Argument cpus(Parameter parameter, List<?> list) {
        byte[] content = new byte[CPUS / Byte.SIZE];
        for (Object element : list) {
            long cpu = Numbers.parse(element, parameter.name());
            if (cpu < 0 || cpu >= CPUS) {
                throw wrong(parameter, element.toString(), "CPUs are 0 to " + (CPUS - 1));
            }
            content[(int) cpu / Byte.SIZE] |= (byte) (1 << cpu % Byte.SIZE);
        }
        return new Bytes(parameter, shown(list), content);
    }

    static String shown(List<?> list) {
        return list.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private Argument scalar(Parameter parameter, Object word) {
        String text = word.toString();
        SymbolSet symbols = parameter.symbols();
        if (word instanceof List || text.equals("@") || text.equals("NULL") && symbols == null) {
            throw wrong(parameter, text, forms(parameter));
        }
        if (Numbers.isNumber(word) || symbols == null) {
            return number(parameter, text);
        }
        // Not inside of parentheses: PROT_MAX(PROT_READ|PROT_WRITE) is one constant.
        String[] names = text.split("[|,](?![^(]*[)])", -1);
        if (names.length > 1 && !symbols.isBits()) {
            throw wrong(parameter, text, forms(parameter));
        }
        long value = 0;
        for (String name : names) {
            value |= constant(parameter, name.strip());
        }
        return new Word(parameter, String.join("|", names).replace(" ", ""), value);
    }

    private long constant(Parameter parameter, String name) {
        if (Numbers.isNumber(name)) {
            return Numbers.parse(name, parameter.name());
        }
        if (!parameter.symbols().contains(name)) {
            throw wrong(parameter, name, forms(parameter));
        }
        return parameter.symbols().value(name);
    }

    private Argument number(Parameter parameter, String text) {
        if (!Numbers.isNumber(text)) {
            throw wrong(parameter, text, forms(parameter));
        }
        long value = Numbers.parse(text, parameter.name());
        // Either reading of the 32 bits is fine: 0xffffffff is how many write -1.
        if (parameter.type() == ParameterType.INT && value != (int) value && value >>> 32 != 0) {
            throw wrong(parameter, text, "an int has 32 bits");
        }
        return new Word(parameter, text, parameter.type() == ParameterType.INT ? (int) value : value);
    }

    /** How an argument for the parameter can be written. */
    static String forms(Parameter parameter) {
        boolean out = parameter.direction() != Direction.IN;
        return switch (parameter.type()) {
            case INT, LONG, ULONG, SIZE, OFF -> parameter.symbols() == null
                    ? "write a number, decimal or 0x"
                    : "write a number or "
                    + (parameter.symbols().isBits() ? "constants joined with , or a quoted |: " : "one of ")
                            + String.join(" ", parameter.symbols().names());
            case STRING -> "write text, NULL or an address";
            case TIMESPEC -> "write 1.5s, +1.5s, [SEC NSEC], NULL or an address" + (out ? ", or @" : "");
            case LID_ARRAY -> "write a list such as [2 3 4], NULL or an address";
            case UCONTEXT -> out ? "write @, NULL or an address" : "write ctx, NULL or an address";
            case BYTES -> out ? "write @, NULL or an address" : "write text, a list of bytes, NULL or an address";
            case CPU_SET -> "write a list of CPUs such as [0 2], NULL or an address" + (out ? ", or @" : "");
            case INT_CELL -> out ? "write @, NULL or an address" : "write a number in brackets, such as [5], NULL or an address";
            case RLIMIT -> out ? "write @, NULL or an address" : LimitArguments.FORMS;
            case LID_OUT, WORD_CELL, SIGINFO, RUSAGE -> "write @, NULL or an address";
            case POINTER -> "write NULL or an address" + (out ? ", or @" : "");
            case CODE -> "write trampoline, NULL or an address";
            case SIGSET -> out ? "write @, NULL or an address" : SignalArguments.SET_FORMS + ", NULL or an address";
            case SIGACTION -> out ? "write @, NULL or an address" : SignalArguments.ACTION_FORMS;
            case SIGSTACK -> out ? "write @, NULL or an address" : "write stack (a new one), none, NULL or an address";
        };
    }

    private IllegalArgumentException wrong(Parameter parameter, String text, String hint) {
        return new IllegalArgumentException(call + ": '" + text + "' is no " + parameter.name() + "; " + hint);
    }
}
