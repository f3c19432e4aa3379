// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shell.command.Bench;
import shell.gogo.Failure;

/** Signals by hand: how they are written, sent and shown. */
class SignalCommandsTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void puppet() throws Exception {
        bench.run("boot --memory 16M --cpus 2", "p = (spawn puppet)");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "sys 1 __sigprocmask14 SIG_BLOCK SIGUSR1,SIGHUP @; '1.1 __sigprocmask14(SIG_BLOCK, SIGUSR1,SIGHUP, @) = 0 [oset=none]'",
        "sys 1 __sigprocmask14 SIG_BLOCK [SIGUSR1 HUP] NULL; '1.1 __sigprocmask14(SIG_BLOCK, [SIGUSR1, HUP], NULL) = 0'",
        "sys 1 __sigaction_sigtramp SIGUSR1 SIG_IGN @ NULL 0; '1.1 __sigaction_sigtramp(SIGUSR1, SIG_IGN, @, NULL, 0) = 0 [osa=SIG_DFL]'",
        "sys 1 __sigaction_sigtramp SIGKILL SIG_IGN @ NULL 0; '1.1 __sigaction_sigtramp(SIGKILL, SIG_IGN, @, NULL, 0) = -1 EINVAL (invalid argument)'",
        "sys 1 __sigaltstack14 stack @;                    '1.1 __sigaltstack14(stack, @) = 0 [oss=none]'",
        "sys 1 __sigpending14 @;                           '1.1 __sigpending14(@) = 0 [set=none]'",
        "sys 1 kill 1 SIGUSR1;                             '1.1 kill(1, SIGUSR1) = ? exited'",
    })
    void everyWayToWriteASignal(String line, String printed) throws Exception {
        assertEquals(printed, bench.run(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sys 1 __sigaction_sigtramp SIGUSR1 handler NULL NULL 0",
        "sys 1 __sigprocmask14 SIG_BLOCK SIGNONE NULL",
        "sys 1 __sigaltstack14 big NULL",
        "kill 1 SIGNONE", "kill 1 0", "kill 99 TERM", "kill 1.7 TERM",
    })
    void whatIsNoSignalIsRefused(String line) {
        assertThrows(Failure.class, () -> bench.run(line));
    }

    @Test
    void aHandlerOfAPuppetPrintsALine() throws Exception {
        bench.run("sys 1 __sigaction_sigtramp SIGUSR1 [note SA_RESTART SIGUSR2] NULL trampoline 2");
        String osa = bench.run("sys 1 __sigaction_sigtramp SIGUSR1 NULL @ NULL 0");
        assertTrue(osa.contains("SA_RESTART blocking SIGUSR1 SIGUSR2"), osa);
        assertEquals("1.1 took SIGUSR1 from 1\n1.1 kill(1, SIGUSR1) = 0", bench.run("sys 1 kill 1 SIGUSR1"));
        bench.run("kill 1 USR1");
        assertTrue(bench.run("run 1ms").contains("1.1 took SIGUSR1 from 0"));
    }

    @Test
    void aStoppedProcessIsShown() throws Exception {
        bench.run("sys 1 _lwp_create ctx 0 @", "sys 1.2 ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL");
        assertEquals("SIGSTOP sent to puppet[1]", bench.run("kill 1 stop"));
        bench.run("run 100ms");
        assertTrue(bench.run("ps").contains("stopped"));
        assertTrue(bench.run("why 1.2").contains("by SIGSTOP; kill 1 SIGCONT continues it"), bench.run("why 1.2"));
        bench.run("kill 1 SIGUSR2");
        bench.run("kill 1 CONT");
        assertTrue(bench.run("why 1.2").contains("pending for the process: SIGUSR2"), bench.run("why 1.2"));
    }

    @Test
    void maskAndPendingAreShown() throws Exception {
        bench.run("sys 1 __sigprocmask14 SIG_SETMASK all NULL", "sys 1 _lwp_kill 1 SIGUSR1");
        String shown = bench.run("lwp 1.1");
        assertTrue(shown.contains("SIGUSR1"), shown);
        assertTrue(bench.run("why 1.1").contains("pending: SIGUSR1; blocked: SIGHUP"));
    }

    @Test
    void lwpEventsOfATracedProcessArePrinted() throws Exception {
        assertEquals("process 1: create,exit", bench.run("ptrace 1 create,exit"));
        String created = bench.run("sys 1 _lwp_create ctx 0 @");
        created += bench.run("run 1ms");
        assertTrue(created.contains("1.2 was created"), created);
        assertTrue(bench.run("sys 1.2 _lwp_exit").contains("1.2 exits"));
        assertThrows(Failure.class, () -> bench.run("ptrace 1 fork"));
    }

    @Test
    void lwpsTellWhatIsBlockedAndPending() throws Exception {
        bench.run("sys 1 __sigprocmask14 SIG_BLOCK SIGUSR1,SIGHUP NULL", "sys 1 _lwp_kill 1 SIGUSR1");
        String rows = bench.run("lwps 1 --json");
        assertTrue(rows.contains("\"masked\":\"SIGHUP SIGUSR1\""), rows);
        assertTrue(rows.contains("\"pending\":\"SIGUSR1\""), rows);
    }

    @Test
    void aCoreDumpIsListedAndShown() throws Exception {
        assertEquals("[]", bench.run("cores --json").strip());
        bench.run("sys 1 _lwp_create ctx 0 @", "sys 1 _lwp_setname 1 first", "kill 1 SIGTERM", "run 50ms");
        assertEquals("[]", bench.run("cores --json").strip());
        bench.run("q = (spawn puppet)", "sys 3 _lwp_setname 3 second", "kill 3 SIGABRT", "run 50ms");
        String cores = bench.run("cores --json");
        assertTrue(cores.contains("SIGABRT"), cores);
        String lwps = bench.run("cores 3 --json");
        assertTrue(lwps.contains("\"name\":\"second\"") && lwps.contains("spAddress"), lwps);
        assertTrue(assertThrows(Exception.class, () -> bench.run("cores 1")).toString().contains("left no core dump"));
    }
}
