// SPDX-License-Identifier: BSD-2-Clause
package shell.command.memory;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.deed.Deeds;
import shell.command.kernel.Kernels;
import userland.puppet.PuppetCall;

/** {@code poke}: stores bytes as user code of a process. */
public final class PokeCommand extends Command {
    private final Accesses accesses;
    private final Deeds deeds;

    public PokeCommand(Kernels kernels, Deeds deeds) {
        super("vm", "poke", "stores bytes as user code of a puppet, and tells the signal if that faults");
        this.accesses = new Accesses(kernels);
        this.deeds = deeds;
        takes("PID ADDR BYTES", 3, -1, Candidates.PID, Candidates.NONE);
        example("poke 1 0x10000000 [1 2 0xff]");
        details("BYTES: a list of numbers, pairs of hex digits such as 0102ff, several numbers, or text.");
    }

    @Override
    public Object run(Invocation in) throws InterruptedException {
        int pid = Numbers.natural(in.text(0), "a pid");
        long address = Numbers.parse(in.text(1), "an address");
        byte[] bytes = bytes(in.from(2));
        PuppetCall access = accesses.make(deeds.poke(pid, address, bytes));
        return MemoryAccess.of(address, bytes, access);
    }

    /** The bytes that words stand for. */
    static byte[] bytes(List<?> words) {
        if (words.size() > 1) {
            return numbers(words);
        }
        Object word = words.getFirst();
        if (word instanceof List<?> list) {
            return numbers(list);
        }
        String text = word.toString();
        String digits = text.replaceFirst("^0[xX]", "");
        if (!(word instanceof Number) && digits.matches("(?:[0-9a-fA-F]{2})+")) {
            return HexFormat.of().parseHex(digits);
        }
        return Numbers.isNumber(word) ? numbers(words) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] numbers(List<?> words) {
        byte[] bytes = new byte[words.size()];
        for (int i = 0; i < bytes.length; i++) {
            long value = Numbers.parse(words.get(i), "a byte");
            if (value < Byte.MIN_VALUE || value > 0xff) {
                throw new IllegalArgumentException("a byte must be from -128 to 255, not " + words.get(i));
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }
}
