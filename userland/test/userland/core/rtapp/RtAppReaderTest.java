// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.text.InputError;

class RtAppReaderTest {
    private static RtFile read(String text) {
        return RtAppReader.read("w.json", text);
    }

    /** The events of a task whose body is given. */
    private static String events(String body) {
        return read("{\"tasks\":{\"t\":{\"loop\":1," + body + "}}}").tasks().getFirst().phases().getFirst().events()
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"run\":5|[Run[nanos=5000]]",
        "\"run0\":5,\"run_1\":6,\"run\":7|[Run[nanos=5000], Run[nanos=6000], Run[nanos=7000]]",
        "\"runtime\":2|[Runtime[nanos=2000]]",
        "\"sleep\":1|[Sleep[nanos=1000]]",
        "\"timer\":{\"ref\":\"unique\",\"period\":3}|[Timer[name=null, periodNanos=3000, absolute=false]]",
        "\"timer\":{\"ref\":\"tick\",\"period\":3,\"mode\":\"absolute\"}"
            + "|[Timer[name=tick, periodNanos=3000, absolute=true]]",
        "\"lock\":\"m\",\"unlock\":{\"ref\":\"m\"}|[Lock[mutex=m], Unlock[mutex=m]]",
        "\"wait\":{\"ref\":\"c\",\"mutex\":\"m\"}|[Wait[condition=c, mutex=m]]",
        "\"sync\":{\"ref\":\"c\",\"mutex\":\"m\"}|[Sync[condition=c, mutex=m]]",
        "\"signal\":\"c\",\"broad\":\"c\"|[Signal[condition=c], Broadcast[condition=c]]",
        "\"suspend\",\"run\":1|[Suspend[name=t], Run[nanos=1000]]",
        "\"suspend\":\"x\",\"resume\":\"y\"|[Suspend[name=x], Resume[name=y]]",
        "\"barrier\":\"b\",\"yield\":\"\"|[Barrier[name=b], Yield[]]",
        "\"sem_post\":\"s\",\"sem_wait\":\"s\",\"mem\":64"
            + "|[SemaphorePost[name=s], SemaphoreWait[name=s], Memory[bytes=64]]"})
    void readsEvents(String body, String expected) {
        assertEquals(expected, events(body));
    }

    @Test
    void readsTasksPhasesAndGlobals() {
        RtFile file = read("""
                {"tasks": {"a": {"instance": 3, "loop": -1, "delay": 10, "policy": "SCHED_RR", "priority": 5,
                           "cpus": [0,2],
                           "phases": {"p": {"loop": 2, "run": 1}, "q": {"cpus": [1], "run": 2}}},
                           "b": {"run": 4}},
                 "global": {"duration": 1.5, "default_policy": "SCHED_FIFO", "calibration": "CPU0",
                            "pi_enabled": false}}
                """);
        assertEquals(1_500_000_000L, file.durationNanos());
        assertEquals(4, file.threads());
        RtTask a = file.tasks().getFirst();
        assertEquals(new RtScheduling("SCHED_RR", 5, List.of(0, 2)), a.scheduling());
        assertEquals(10_000, a.delayNanos());
        assertEquals(List.of(2L, 1L), a.phases().stream().map(RtPhase::loop).toList());
        assertEquals(List.of(1), a.phases().getLast().scheduling().cpus());
        assertFalse(a.ends());
        assertEquals("SCHED_FIFO", file.tasks().getLast().scheduling().policy());
        assertEquals("{}", file.unsupported().toString());
    }

    @Test
    void countsWhatItDoesNotHave() {
        RtFile file = read("""
                {"tasks": {"a": {"loop": 1, "iorun": 5, "iorun1": 5, "dl-runtime": 3, "run": 1, "mem_buffer_size": 9},
                           "b": {"loop": 1, "policy": "SCHED_DEADLINE", "run": 1}},
                 "global": {"logdir": "./", "gnuplot": true, "lock_pages": false}, "resources": []}
                """);
        assertEquals("{rt-app dl-runtime=1, rt-app global.gnuplot=1, rt-app global.logdir=1, rt-app iorun=2, "
                + "rt-app mem_buffer_size=1, rt-app policy SCHED_DEADLINE=1, rt-app resources=1}",
                file.unsupported().toString());
    }

    @Test
    void theDefaultLoopIsForEver() {
        assertFalse(read("{\"tasks\":{\"t\":{\"run\":1}}}").tasks().getFirst().ends());
        assertTrue(read("{\"tasks\":{\"t\":{\"loop\":2,\"run\":1}}}").tasks().getFirst().ends());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{}|w.json:1: no \"tasks\" in the file",
        "[]|w.json:1: \"the file\" must be an object, not an array",
        "{\"tasks\":{\"t\":5}}|w.json:1: \"t\" must be an object, not a number",
        "{\"tasks\":{\"t\":{\"run\":-1}}}|w.json:1: \"run\" must be between 0 and 9223372036854, not -1",
        "{\"tasks\":{\"t\":{\"run\":1.5}}}|w.json:1: \"run\" must be a whole number, not 1.5",
        "{\"tasks\":{\"t\":{\"run\":\"x\"}}}|w.json:1: \"run\" must be a number, not a string",
        "{\"tasks\":{\"t\":{\"timer\":{\"period\":1}}}}|w.json:1: \"timer\" lacks \"ref\"",
        "{\"tasks\":{\"t\":{\"wait\":\"c\"}}}|w.json:1: \"wait\" must be an object, not a string",
        "{\"tasks\":{\"t\":{\"lock\"}}}|w.json:1: \"lock\" must be a non-empty string, not nothing",
        "{\"tasks\":{\"t\":{\"loop\":-1}}}|w.json:1: task \"t\" loops for ever and does nothing",
        "{\"tasks\":{\"t\":{\"cpus\":3,\"run\":1}}}|w.json:1: \"cpus\" must be an array of CPU numbers, not a number",
        "{\"tasks\":{\"t\":{\"run\":1,\"phases\":{\"p\":{\"run\":1}}}}}"
            + "|w.json:1: task \"t\" has both \"phases\" and events beside them"})
    void namesFileLineAndKeyOfWhatIsWrong(String text, String message) {
        assertEquals(message, assertThrows(InputError.class, () -> read(text)).getMessage());
    }
}
