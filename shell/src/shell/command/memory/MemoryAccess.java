// SPDX-License-Identifier: BSD-2-Clause
package shell.command.memory;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kernel.lwp.signal.Signal;
import shell.command.format.Worded;
import userland.puppet.PuppetCall;

/**
 * What a load or store did.
 *
 * @param bytes what was found or stored; empty after a fault
 * @param signal the signal that user code would have got, empty without a fault
 * @param faultAddress where the fault was, 0 without one
 */
public record MemoryAccess(int pid, long address, List<Integer> bytes, String signal, long faultAddress)
        implements Worded {
    private static final int LINE_BYTES = 16;

    static MemoryAccess of(long address, byte[] content, PuppetCall access) {
        boolean fault = access.faultSignal() != 0;
        List<Integer> bytes = fault ? List.of()
                : IntStream.range(0, content.length).mapToObj(i -> content[i] & 0xff).toList();
        return new MemoryAccess(access.pid(), address, bytes, fault ? Signal.name(access.faultSignal()) : "",
                access.faultAddress());
    }

    /** The bytes, eight at most, as a little-endian number; for scripts. */
    public long value() {
        if (bytes.size() > Long.BYTES) {
            throw new IllegalArgumentException(bytes.size() + " bytes are no number; look at 8 at most");
        }
        long value = 0;
        for (int i = bytes.size() - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes.get(i);
        }
        return value;
    }

    @Override
    public String text() {
        if (!signal.isEmpty()) {
            return signal + " at 0x" + Long.toHexString(faultAddress);
        }
        return IntStream.iterate(0, i -> i < bytes.size(), i -> i + LINE_BYTES).mapToObj(this::line)
                .collect(Collectors.joining("\n"));
    }

    private String line(int from) {
        List<Integer> part = bytes.subList(from, Math.min(from + LINE_BYTES, bytes.size()));
        String hex = part.stream().map(b -> String.format(Locale.ROOT, "%02x", b)).collect(Collectors.joining(" "));
        String characters = part.stream().map(b -> b >= ' ' && b <= '~' ? String.valueOf((char) b.intValue()) : ".")
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, "0x%08x  %-47s  %s", address + from, hex, characters);
    }
}
