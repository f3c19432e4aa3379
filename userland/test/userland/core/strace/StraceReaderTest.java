// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.text.InputError;

class StraceReaderTest {
    private static StraceLog read(String... lines) {
        return StraceReader.read("log", String.join("\n", lines) + "\n");
    }

    private static StraceCall only(String line) {
        return read(line).threads().getFirst().calls().getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "close(3) = 0|0|-1",
        "12345 close(3) = 0|12345|-1",
        "[pid   77] close(3) = 0|77|-1",
        "12 10:20:30 close(3) = 0|12|37230000000000",
        "[pid 12] 10:20:30.000005 close(3) = 0|12|37230000005000",
        "12 1795255671.961983 close(3) = 0|12|1795255671961983000",
        "1795255671.961983 close(3) = 0|0|1795255671961983000",
        "     0.000123 close(3) = 0|0|123000"})
    void readsThreadAndTime(String line, int thread, long nanos) {
        StraceCall call = only(line);
        assertEquals(thread, call.thread());
        assertEquals(nanos, call.startNanos());
        assertEquals("close", call.name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "f(1, 2) = 0x7f00|[1, 2]|32512|",
        "f() = -1 EAGAIN (Resource temporarily unavailable) <0.000021>|[]|-1|EAGAIN",
        "f({a=1, b=[2, 3]}, \"x, \\\"y) = 9\", 4 /* c, d */) = 12|[{a=1, b=[2, 3]}, \"x, \\\"y) = 9\", 4]|12|",
        "f(3</dev/null>, NULL)     = 5</x/y>|[3</dev/null>, NULL]|5|",
        "poll([{fd=3}], 1, 0) = 0 (Timeout)|[[{fd=3}], 1, 0]|0|"})
    void readsArgumentsAndResult(String line, String arguments, long result, String errno) {
        StraceCall call = only(line);
        assertEquals(arguments, call.arguments().toString());
        assertEquals(result, call.result());
        assertEquals(errno, call.errno());
    }

    @Test
    void joinsUnfinishedAndResumedHalves() {
        StraceLog log = read(
                "1 1000000000.000000 futex(0x10, FUTEX_WAIT, 2, {tv_sec=1, <unfinished ...>",
                "2 1000000000.000001 close(3 <unfinished ...>",
                "1 1000000000.000005 <... futex resumed>tv_nsec=0}) = -1 ETIMEDOUT (x)",
                "2 1000000000.000007 <... close resumed>) = 0 <0.000002>");
        StraceCall futex = log.threads().getFirst().calls().getFirst();
        assertEquals(List.of("0x10", "FUTEX_WAIT", "2", "{tv_sec=1,tv_nsec=0}"), futex.arguments());
        assertEquals("ETIMEDOUT", futex.errno());
        assertEquals(1, futex.startLine());
        assertEquals(3, futex.endLine());
        assertEquals(5_000, futex.nanos());
        assertEquals(2_000, log.threads().getLast().calls().getFirst().nanos());
    }

    @Test
    void callsThatNeverReturnAreKeptAsSuch() {
        StraceLog log = read("1 futex(0x10, FUTEX_WAIT, 2, NULL <unfinished ...>",
                "2 futex(0x10, FUTEX_WAIT, 2, NULL) = ?", "2 +++ exited with 0 +++");
        assertFalse(log.threads().getFirst().calls().getFirst().returned());
        assertFalse(log.threads().getLast().calls().getFirst().returned());
        assertEquals(3, log.threads().getLast().endLine());
    }

    @Test
    void signalsAndMessagesAreCounted() {
        StraceLog log = read("strace: Process 5 attached", "1 close(3) = 0",
                "1 --- SIGCHLD {si_signo=SIGCHLD} ---", "1 +++ killed by SIGKILL (core dumped) +++");
        assertEquals("{signal SIGCHLD=1, strace message=1}", log.unsupported().toString());
        assertEquals("SIGKILL", log.threads().getFirst().killedBy());
    }

    @Test
    void aLastLineThatWasCutOffIsCounted() {
        StraceLog log = StraceReader.read("log", "close(3) = 0\nmmap(NULL, 81");
        assertEquals("{strace line cut off=1}", log.unsupported().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "hello world|log:2: not an strace line: hello world",
        "7 close(3)|log:2: not an strace line: 7 close(3)",
        "7 close(3) = x|log:2: not an strace line: 7 close(3) = x",
        "7 <... read resumed>) = 0|log:2: thread 7 resumes read but has no unfinished call of that name"})
    void namesFileAndLineOfWhatIsWrong(String line, String message) {
        assertEquals(message,
                assertThrows(InputError.class, () -> read("1 close(3) = 0", line, "1 close(4) = 0")).getMessage());
    }

    @Test
    void aFileWithoutCallsIsNoLog() {
        assertEquals("log:1: no system call in the file; is it an strace log?",
                assertThrows(InputError.class, () -> read("", "1 +++ exited with 0 +++")).getMessage());
    }
}
