// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.program.User;

/** What does not fit into a machine keeps the machine out, and nothing changes. */
class MachineFitTest {
    private static final int FIXED_PRIVATE_ANON = 0x1012;

    @ParameterizedTest
    @CsvSource({
        // from, to, address that is mapped, what the refusal says
        "amd64-la57, amd64,  0x4000000000000, 'process 1 test: 0x4000000000000-0x4000000002000 rw-'",
        "amd64-la57, aarch64, 0x80000000000000, 'process 1 test: 0x80000000000000-0x80000000002000 rw-'",
        "aarch64,    amd64,  0x800000000000, 'process 1 test: 0x800000000000-0x800000002000 rw-'",
        "i386,       armv7,  0x0,            'process 1 test: 0x0-0x2000 rw-'",
        "i386,       amd64,  0x10000000,     'pointers of 64 bits, the running processes use 32'",
        "aarch64,    armv7,  0x10000000,     'pointers of 32 bits, the running processes use 64'",
    })
    void aSwapThatCannotFitIsRefused(String from, String to, String address, String reason) {
        KernelConfig config = KernelConfig.standard().withMachine(from);
        try (Session session = new Session(config)) {
            Proc process = session.spawn((user, arguments) -> write(user, Long.decode(address)));
            session.kernel().run(RunLimit.until(50_000_000));
            String before = state(session);
            SwapReport report = session.kernel().swap(List.of(new SwapRequest("machine", to)));
            assertTrue(report.outcome().startsWith("refused") && report.outcome().contains(reason), report.outcome());
            assertEquals(from, session.kernel().slots().find("machine").active());
            assertEquals(before, state(session));
            session.run();
            assertEquals("0", session.kernel().ask(engine -> "" + process.exitStatus()));
        }
    }

    private static String state(Session session) {
        assertEquals(List.of(), session.kernel().checkInvariants());
        return session.kernel().ask(engine -> engine.nowNanos() + " " + session.kernel().vm().pages().tables());
    }

    private static int write(User user, long address) {
        if (user.mmap(address, 8192, 3, FIXED_PRIVATE_ANON, -1, 0) != address) {
            return 1;
        }
        user.store64(address + 8, 77);
        user.sleepUntil(100_000_000);
        return user.load64(address + 8) == 77 ? 0 : 2;
    }
}
