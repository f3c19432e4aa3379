// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kernel.lwp.machine.RusageWords;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.SyscallDescriptor;
import shell.command.argument.LimitArguments;

/** Sizes of out buffers, and what their bytes mean. */
final class OutValues {
    /** Seconds take 64 bits everywhere, nanoseconds a word behind them. */
    static final int TIMESPEC_BYTES = 16;
    static final int NANOS_OFFSET = 8;
    private static final long SECOND = 1_000_000_000L;
    private static final int PAGE_BYTES = 4096;
    /** A count that a test of errors may exaggerate does not get more room than this. */
    private static final long MOST_BYTES = 64 << 10;
    private static final int SHOWN_BYTES = 32;

    private final int wordBytes;

    OutValues(int wordBits) {
        this.wordBytes = wordBits / Byte.SIZE;
    }

    /**
     * How much room an out parameter needs.
     *
     * @param words values of the scalar arguments, by index
     */
    int size(SyscallDescriptor call, int index, int contextBytes, long[] words) {
        Parameter parameter = call.parameters().get(index);
        return switch (parameter.type()) {
            case LID_OUT, INT_CELL -> Integer.BYTES;
            case TIMESPEC -> TIMESPEC_BYTES;
            case UCONTEXT -> contextBytes;
            case RLIMIT -> LimitArguments.BYTES;
            case RUSAGE -> new RusageWords(wordBytes).bytes();
            case SIGSET, SIGACTION, SIGSTACK, SIGINFO -> new SignalValues(wordBytes).size(parameter.type());
            case BYTES, STRING, LID_ARRAY, CPU_SET -> (int) Math.clamp(counted(call, parameter, words), 0, MOST_BYTES);
            default -> wordBytes;
        };
    }

    private static long counted(SyscallDescriptor call, Parameter parameter, long[] words) {
        int counter = parameter.sizeFrom() == null ? -1 : call.indexOf(parameter.sizeFrom());
        if (counter >= 0) {
            return parameter.type() == ParameterType.LID_ARRAY ? words[counter] * Integer.BYTES : words[counter];
        }
        // mincore: a byte for each page of the range.
        int address = call.indexOf("addr");
        int length = call.indexOf("len");
        return address < 0 || length < 0 ? PAGE_BYTES
                : (words[address] % PAGE_BYTES + words[length] + PAGE_BYTES - 1) / PAGE_BYTES;
    }

    /** How the line of {@code sys} shows a value. */
    static String shown(Parameter parameter, Object value) {
        return switch (value) {
            case List<?> cpus when parameter.type() == ParameterType.CPU_SET -> cpus.toString();
            case List<?> bytes -> {
                String hex = bytes.stream().limit(SHOWN_BYTES).map(b -> String.format(Locale.ROOT, "%02x", b))
                        .collect(Collectors.joining(" "));
                yield bytes.size() > SHOWN_BYTES ? hex + " ..." : hex;
            }
            case String text when !structure(parameter.type()) -> '"' + text + '"';
            default -> value.toString();
        };
    }

    /** Whether a text stands for a structure, and is no string. */
    private static boolean structure(ParameterType type) {
        return switch (type) {
            case TIMESPEC, RLIMIT, RUSAGE -> true;
            default -> SignalValues.has(type);
        };
    }

    /** A value for scripts: a number, a text, a duration in text, or a list of bytes or CPUs. */
    Object value(SyscallDescriptor call, int index, byte[] memory, long result) {
        Parameter parameter = call.parameters().get(index);
        ByteBuffer bytes = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        return switch (parameter.type()) {
            case LID_OUT, INT_CELL -> (long) bytes.getInt(0);
            case TIMESPEC -> time(bytes);
            case CPU_SET -> cpus(memory);
            case RLIMIT -> LimitArguments.text(memory);
            case RUSAGE -> UsageText.of(new RusageWords(wordBytes).load(memory));
            case SIGSET, SIGACTION, SIGSTACK, SIGINFO -> new SignalValues(wordBytes).text(parameter.type(), memory);
            case BYTES, STRING, LID_ARRAY, UCONTEXT -> content(call, parameter, memory, result);
            default -> wordBytes == Integer.BYTES ? bytes.getInt(0) & 0xffff_ffffL : bytes.getLong(0);
        };
    }

    private static List<Long> cpus(byte[] memory) {
        List<Long> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < memory.length * Byte.SIZE; cpu++) {
            if ((memory[cpu / Byte.SIZE] & 1 << cpu % Byte.SIZE) != 0) {
                cpus.add((long) cpu);
            }
        }
        return cpus;
    }

    private String time(ByteBuffer bytes) {
        long nanos = wordBytes == Integer.BYTES ? bytes.getInt(NANOS_OFFSET) : bytes.getLong(NANOS_OFFSET);
        String fraction = Long.toString(SECOND + nanos).substring(1).replaceFirst("0+$", "");
        return bytes.getLong(0) + (fraction.isEmpty() ? "" : "." + fraction) + "s";
    }

    /** Counted bytes are text if they look like it; a call that returns a count has filled only so many. */
    private static Object content(SyscallDescriptor call, Parameter parameter, byte[] memory, long result) {
        boolean count = call.result() == kernel.vm.syscall.ResultKind.DECIMAL && result >= 0 && result <= memory.length;
        int filled = count ? (int) result : memory.length;
        if (parameter.sizeFrom() != null) {
            String text = text(memory, filled);
            if (text != null) {
                return text;
            }
        }
        List<Long> bytes = new ArrayList<>();
        for (int i = 0; i < filled; i++) {
            bytes.add(memory[i] & 0xffL);
        }
        return bytes;
    }

    /** The printable text that the bytes are, up to a zero; null if they are something else. */
    private static String text(byte[] memory, int filled) {
        int end = 0;
        while (end < filled && memory[end] >= ' ' && memory[end] <= '~') {
            end++;
        }
        boolean whole = end == filled || memory[end] == 0;
        return whole && end > 0 ? new String(memory, 0, end, StandardCharsets.US_ASCII) : null;
    }
}
