// SPDX-License-Identifier: BSD-2-Clause
package shell.command.argument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shell.command.argument.Argument.Bytes;
import shell.command.argument.Argument.Context;
import shell.command.argument.Argument.Out;
import shell.command.argument.Argument.Time;
import shell.command.argument.Argument.Word;

class ArgumentReaderTest {
    private final SymbolSet protections =
            SymbolSet.bits("PROT_").with("NONE", 0).with("READ", 1).with("WRITE", 2).with("EXEC", 4);
    private final SymbolSet clocks = SymbolSet.choice("CLOCK_").with("REALTIME", 0).with("MONOTONIC", 3);

    private Argument read(Parameter parameter, Object word) {
        SyscallDescriptor call =
                new SyscallDescriptor("call", 1, Abi.NETBSD, List.of(parameter), ResultKind.NONE, frame -> 0);
        return ArgumentReader.read(call, List.of(word)).getFirst();
    }

    private Parameter in(ParameterType type) {
        return Parameter.in("it", type);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 0, 0", "INT, -1, -1", "INT, 0x10, 16", "INT, -0x10, -16", "INT, 0xffffffff, -1",
        "INT, 2147483647, 2147483647",
        "LONG, -1, -1", "SIZE, 8192, 8192", "ULONG, 0xffffffffffffffff, -1",
        "OFF, -9223372036854775808, -9223372036854775808",
        "POINTER, NULL, 0", "POINTER, 0x10000000, 268435456", "POINTER, 4096, 4096", "POINTER, -1, -1",
        "STRING, NULL, 0", "STRING, 0x1000, 4096", "TIMESPEC, NULL, 0", "TIMESPEC, 0x1000, 4096", "UCONTEXT, 0, 0",
        "LID_ARRAY, NULL, 0", "LID_OUT, 0xdead, 57005", "BYTES, NULL, 0"})
    void numbersAndAddresses(ParameterType type, String word, long value) {
        Word argument = assertInstanceOf(Word.class, read(in(type), word));
        assertEquals(value, argument.value());
        assertEquals(word, argument.shown());
    }

    @ParameterizedTest
    @CsvSource({"PROT_READ, 1, PROT_READ", "PROT_READ|PROT_WRITE, 3, PROT_READ|PROT_WRITE",
        "'PROT_READ,PROT_EXEC', 5, PROT_READ|PROT_EXEC", "PROT_NONE, 0, PROT_NONE", "3, 3, 3",
        "0x8|PROT_READ, 9, 0x8|PROT_READ",
        "PROT_READ | PROT_WRITE, 3, PROT_READ|PROT_WRITE"})
    void constantsAreJoined(String word, long value, String shown) {
        Word argument = (Word) read(Parameter.in("prot", ParameterType.INT, protections), word);
        assertEquals(value, argument.value());
        assertEquals(shown, argument.shown());
    }

    @Test
    void choicesAreNotJoined() {
        Parameter clock = Parameter.in("clock_id", ParameterType.INT, clocks);
        assertEquals(3, ((Word) read(clock, "CLOCK_MONOTONIC")).value());
        assertThrows(IllegalArgumentException.class, () -> read(clock, "CLOCK_MONOTONIC|CLOCK_REALTIME"));
    }

    @Test
    void numbersFromScriptsAreTakenAsTheyAre() {
        assertEquals(1L << 40, ((Word) read(in(ParameterType.POINTER), 1L << 40)).value());
        assertEquals(-1, ((Word) read(in(ParameterType.INT), -1)).value());
    }

    @Test
    void textIsPlacedWithItsZero() {
        Bytes name = (Bytes) read(in(ParameterType.STRING), "ab");
        assertArrayEquals(new byte[] {'a', 'b', 0}, name.content());
        assertEquals("\"ab\"", name.shown());
    }

    @Test
    void listIsAnArrayOfIds() {
        Bytes lids = (Bytes) read(in(ParameterType.LID_ARRAY), List.of(2L, "0x3"));
        assertArrayEquals(new byte[] {2, 0, 0, 0, 3, 0, 0, 0}, lids.content());
        assertEquals("[2, 0x3]", lids.shown());
    }

    @ParameterizedTest
    @CsvSource({"1.5s, 1, 500000000, false", "+250ms, 0, 250000000, true", "0s, 0, 0, false"})
    void times(String word, long seconds, long nanos, boolean fromNow) {
        Parameter timeout = in(ParameterType.TIMESPEC);
        assertEquals(new Time(timeout, word, seconds, nanos, fromNow), read(timeout, word));
    }

    @Test
    void pairsAreNotJudged() {
        Parameter timeout = in(ParameterType.TIMESPEC);
        assertEquals(new Time(timeout, "[-1, 1000000000]", -1, 1_000_000_000, false),
                read(timeout, List.of(-1L, "1000000000")));
    }

    @Test
    void contextsAndOutBuffers() {
        assertInstanceOf(Context.class, read(in(ParameterType.UCONTEXT), "ctx"));
        assertInstanceOf(Out.class, read(Parameter.out("new_lwp", ParameterType.LID_OUT), "@"));
        assertInstanceOf(Out.class, read(Parameter.inout("ts", ParameterType.TIMESPEC), "@"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "INT x", "INT 1.5", "INT 4294967296", "INT NULL", "INT @", "LONG 99999999999999999999", "TIMESPEC x",
        "TIMESPEC 1.5", "TIMESPEC @", "UCONTEXT context", "LID_ARRAY 2,3", "LID_OUT ctx", "POINTER text"})
    void malformedArgumentsAreNamed(String line) {
        String[] words = line.split(" ");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> read(in(ParameterType.valueOf(words[0])), words[1]));
        assertTrue(e.getMessage().contains(words[1]), e.getMessage());
    }

    @Test
    void wrongNumberOfArgumentsShowsTheCall() {
        SyscallDescriptor call = new SyscallDescriptor("munmap", 73, Abi.FREEBSD,
                List.of(Parameter.in("addr", ParameterType.POINTER), Parameter.in("len", ParameterType.SIZE)),
                ResultKind.NONE, f -> 0);
        assertEquals("munmap takes 2 arguments, not 1: munmap(addr, len)",
                assertThrows(IllegalArgumentException.class, () -> ArgumentReader.read(call, List.of("0")))
                .getMessage());
    }

    @Test
    void unquotedPipeIsGuessed() {
        SyscallDescriptor call = new SyscallDescriptor("mprotect", 74, Abi.FREEBSD,
                List.of(Parameter.in("addr", ParameterType.POINTER), Parameter.in("prot", ParameterType.INT, protections)),
                ResultKind.NONE, f -> 0);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ArgumentReader.read(call, List.of("0")))
                .getMessage().endsWith("; constants joined with | have to be quoted"));
    }
}
