// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shell.command.Gogo;
import shell.command.format.Json;

/** The lines that scripts depend on. */
class SysResultTest {
    private SysResult result(String lwp, String call, List<String> arguments, long value, String errno,
            Map<String, Object> out) {
        Map<String, String> shown = new HashMap<>();
        out.forEach((name, stored) -> shown.put(name, stored.toString()));
        return new SysResult(lwp, call, arguments, true, value, errno, out, shown, call.equals("mmap"), "");
    }

    @Test
    void failureHasItsNameAndText() {
        assertEquals("1.1 _lwp_detach(99) = -1 ESRCH (no such process)",
                result("1.1", "_lwp_detach", List.of("99"), -1, "ESRCH", Map.of()).text());
    }

    @Test
    void storedValuesFollow() {
        assertEquals("1.1 _lwp_create(ctx, 0, @) = 0 [new_lwp=2]",
                result("1.1", "_lwp_create", List.of("ctx", "0", "@"), 0, "", Map.of("new_lwp", 2L)).text());
    }

    @Test
    void failedCallShowsNoOut() {
        assertEquals("1.1 _lwp_create(ctx, 0, @) = -1 EAGAIN (resource temporarily unavailable)",
                result("1.1", "_lwp_create", List.of("ctx", "0", "@"), -1, "EAGAIN", Map.of("new_lwp", 0L)).text());
    }

    @Test
    void addressesAreHexadecimal() {
        assertEquals("1.1 mmap(0, 8192, PROT_READ|PROT_WRITE, MAP_ANON|MAP_PRIVATE, -1, 0) = 0x10000000",
                result("1.1", "mmap", List.of("0", "8192", "PROT_READ|PROT_WRITE", "MAP_ANON|MAP_PRIVATE", "-1", "0"),
                        0x10000000L, "", Map.of()).text());
    }

    @Test
    void unfinishedCallSaysWhatItsLwpDoes() {
        SysResult parked = new SysResult("1.2", "___lwp_park60",
                List.of("CLOCK_MONOTONIC", "0", "NULL", "0", "NULL", "NULL"),
                false, -1, "", Map.of(), Map.of(), false, "asleep (parked)");
        assertEquals("1.2 ___lwp_park60(CLOCK_MONOTONIC, 0, NULL, 0, NULL, NULL) = ? asleep (parked)", parked.text());
    }

    @Test
    void answersAreOneWordOrAState() {
        assertEquals("ESRCH", result("1.1", "_lwp_detach", List.of("99"), -1, "ESRCH", Map.of()).answer());
        assertEquals("3", result("1.1", "_lwp_self", List.of(), 3, "", Map.of()).answer());
        assertEquals("0x1000", result("1.1", "mmap", List.of(), 0x1000, "", Map.of()).answer());
        assertEquals("exited", new SysResult("1.2", "_lwp_exit", List.of(), false, -1, "", Map.of(), Map.of(), false,
                "exited").answer());
    }

    @Test
    void scriptsReadItsParts() throws Exception {
        SysResult created = result("1.1", "_lwp_create", List.of("ctx", "0", "@"), 0, "", Map.of("new_lwp", 2L));
        try (Gogo gogo = new Gogo()) {
            gogo.session().put("r", created);
            assertEquals(0L, gogo.execute("$r value"));
            assertEquals("", gogo.execute("$r errno"));
            assertEquals(2L, gogo.execute("$r out new_lwp"));
            assertEquals(true, gogo.execute("$r returned"));
            assertThrows(IllegalArgumentException.class, () -> gogo.execute("$r out nothing"));
        }
    }

    @Test
    void jsonHasEveryPart() {
        assertEquals("{\"lwp\":\"1.1\",\"call\":\"_lwp_detach\",\"arguments\":[\"99\"],\"returned\":true,\"value\":-1,"
                + "\"errno\":\"ESRCH\",\"out\":{},\"shownOut\":{},\"hexadecimal\":false,\"state\":\"\"}",
                Json.of(result("1.1", "_lwp_detach", List.of("99"), -1, "ESRCH", Map.of())));
    }
}
