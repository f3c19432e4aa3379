// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.program.User;

/** Mappings of the frame buffer and of unmanaged memory on every machine: forked, locked, and carried to another machine. */
class DeviceMappingTest {
    private static final long PAGE = 4096;
    private static final long MS = 1_000_000L;

    private static long string(User user, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        long at = user.allocate(bytes.length);
        user.write(at, bytes, 0, bytes.length);
        return at;
    }

    private static int draw(User user) {
        int pages = 300;
        int fb = (int) user.syscall("open", string(user, "/dev/fb0"), 2, 0);
        int shm = (int) user.syscall("shm_open", string(user, "memory"), 0x202, 0);
        user.syscall("ftruncate", shm, pages * PAGE);
        long screen = user.mmap(0, pages * PAGE, 3, 1, fb, 0);
        long memory = user.mmap(0, pages * PAGE, 3, 1, shm, 0);
        user.syscall("mlock", screen, 3 * PAGE);
        for (int i = 0; i < pages; i++) {
            user.store32(screen + i * PAGE, i);
            user.store32(memory + i * PAGE, -i);
        }
        int child = user.fork((other, argument) -> {
            for (int i = 0; i < pages; i++) {
                other.store32(screen + i * PAGE + 4, i + other.load32(screen + i * PAGE));
                other.store32(memory + i * PAGE + 4, other.load32(memory + i * PAGE));
                other.sleepUntil(other.monotonicNanos() + MS / 10);
            }
            other.exit(0);
        });
        user.waitChild(child, 0);
        for (int i = 0; i < pages; i++) {
            if (user.load32(screen + i * PAGE + 4) != 2 * i || user.load32(memory + i * PAGE + 4) != -i) {
                return 1;
            }
        }
        user.syscall("shm_unlink", string(user, "memory"));
        return 0;
    }

    @ParameterizedTest
    @CsvSource({"i386, i386-pae", "i386-pae, i386", "amd64, aarch64", "amd64-la57, amd64", "armv7, i386", "aarch64, amd64"})
    void everyMachineShowsTheSameMemory(String machine, String other) {
        try (Session session = new Session(KernelConfig.standard().withMachine(machine).withCpus(2))) {
            session.kernel().ask(engine -> {
                session.kernel().vm().context().tunables().physicalSharedMemory(true);
                session.kernel().vm().context().watchTlbs(true);
                return null;
            });
            Proc proc = session.spawn((user, arguments) -> draw(user));
            session.kernel().run(RunLimit.until(10 * MS));
            session.swap("machine", other);
            session.kernel().run(RunLimit.until(20 * MS));
            session.swap("machine", machine);
            session.run();
            assertEquals("0 0", session.kernel().ask(engine -> proc.exitStatus() + " " + proc.exitSignal()));
            session.kernel().ask(engine -> {
                var vm = session.kernel().vm();
                assertEquals(0, vm.context().objects().live());
                assertEquals(vm.pages().frames() - 1, vm.pages().free().size());
                assertEquals(0, vm.pages().unmanaged().fictitious());
                return null;
            });
        }
    }
}
