// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import kernel.vm.page.VmCounter;
import kernel.vm.pmap.SuperpageStats;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.User;

/** Superpages under real processes: they appear by themselves and nobody can tell from the contents of memory. */
class SuperpageTest {
    private static SuperpageStats stats(Session session) {
        return session.kernel().ask(engine -> session.kernel().vm().context().pmap().superpageStats());
    }

    private static Session session(String machine, int cpus) {
        Session session = new Session(KernelConfig.standard().withMachine(machine).withCpus(cpus));
        session.kernel().watchTlbs(true);
        return session;
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "amd64-la57", "i386", "i386-pae", "armv7", "aarch64", "aarch64-hafdbs"})
    void comeAndGoUnderAProgram(String machine) {
        try (Session session = session(machine, 2)) {
            assertEquals("GONE 0 0", session.runToEnd(LargeMemory::main));
            SuperpageStats stats = stats(session);
            assertTrue(stats.promotions() >= 4 && stats.demotions() >= 2, stats::toString);
            assertEquals(0, stats.mapped() + stats.spareTables(), stats::toString);
            int reserved = session.kernel().ask(engine -> session.kernel().vm().pages().reservations());
            assertEquals(0, reserved);
        }
    }

    /** The tunable is that of FreeBSD; a program takes more walks without. */
    @Test
    void fewerWalksAreNeededWithThemThanWithout() {
        long[] walks = new long[2];
        for (int on = 0; on < 2; on++) {
            try (Session session = session("amd64", 1)) {
                boolean enabled = on == 1;
                session.kernel().ask(engine -> {
                    session.kernel().vm().context().tunables().superpages(enabled);
                    return null;
                });
                assertEquals("GONE 0 0", session.runToEnd(LargeMemory::main));
                assertEquals(enabled, stats(session).promotions() > 0);
                walks[on] = session.kernel().ask(engine -> engine.cpu(0).mmu().stats().walks());
            }
        }
        assertTrue(walks[1] < walks[0], walks[1] + " walks with superpages, " + walks[0] + " without");
    }

    @Test
    void lookingForStaleTranslationsChangesNothing() {
        String[] hashes = new String[2];
        for (int watched = 0; watched < 2; watched++) {
            try (Session session = new Session(KernelConfig.standard().withCpus(2))) {
                session.kernel().watchTlbs(watched == 1);
                assertEquals("GONE 0 0", session.runToEnd(LargeMemory::main));
                hashes[watched] = session.kernel().ask(engine -> engine.events().hashText() + " " + engine.nowNanos());
            }
        }
        assertEquals(hashes[0], hashes[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64 aarch64", "aarch64-hafdbs amd64-la57", "i386 armv7", "i386-pae i386"})
    void machinesAreSwappedUnderThem(String pair) {
        List<String> machines = List.of(pair.split(" "));
        Random random = new Random(pair.hashCode());
        try (Session session = session(machines.getFirst(), 2)) {
            Proc process = session.spawn(LargeMemory::main);
            int swaps = 0;
            while (session.kernel().run(RunLimit.events(1 + random.nextInt(300))).reason() == RunOutcome.Reason.LIMIT) {
                session.swap("machine", machines.get(++swaps % 2));
                assertEquals(List.of(), session.kernel().checkInvariants(), "after swap " + swaps);
            }
            session.run();
            assertEquals("0 0", session.kernel().ask(engine -> process.exitStatus() + " " + process.exitSignal()));
            assertTrue(swaps > 5, swaps + " swaps");
        }
    }

    /** Frames that wait for a superpage are given to others when nothing else is left. */
    @Test
    void reservedFramesAreNotLost() {
        try (Session session = new Session(KernelConfig.standard().withMemoryBytes(32L << 20))) {
            int before = free(session);
            int regions = 24;
            int pages = before * 3 / 4 / regions;
            assertEquals("GONE 0 0", session.runToEnd((user, arguments) -> {
                long area = user.mmap(LargeMemory.AREA, 64L << 20, 3, 0x1012, -1, 0);
                for (int i = 0; i < regions * pages; i++) {
                    user.store32(area + i % regions * (2L << 20) + i / regions * 4096L, i);
                }
                for (int i = 0; i < regions * pages; i++) {
                    if (user.load32(area + i % regions * (2L << 20) + i / regions * 4096L) != i) {
                        return 1;
                    }
                }
                return 0;
            }));
            assertEquals(before, free(session));
        }
    }

    /** Pages of superpages are paged out and come back, while machines change. */
    @ParameterizedTest
    @ValueSource(strings = {"amd64 aarch64", "i386-pae armv7"})
    void theirPagesGoOutAndComeBack(String pair) {
        List<String> machines = List.of(pair.split(" "));
        Random random = new Random(pair.hashCode());
        try (Session session = new Session(KernelConfig.standard().withMachine(machines.getFirst()).withCpus(2)
                .withMemoryBytes(7L << 20))) {
            session.kernel().watchTlbs(true);
            Proc process = session.spawn(SuperpageTest::moreThanMemory);
            int swaps = 0;
            while (session.kernel().run(RunLimit.events(1 + random.nextInt(2000))).reason() == RunOutcome.Reason.LIMIT) {
                session.swap("machine", machines.get(++swaps % 2));
                assertEquals(List.of(), session.kernel().checkInvariants(), "after swap " + swaps);
            }
            session.run();
            assertEquals("0 0", session.kernel().ask(engine -> process.exitStatus() + " " + process.exitSignal()));
            long out = session.kernel().ask(engine -> session.kernel().vm().counters().get(VmCounter.PAGE_OUTS));
            assertTrue(out > 100 && swaps > 5, out + " pages out, " + swaps + " swaps");
        }
    }

    private static int moreThanMemory(User user, String[] arguments) {
        int pages = 2048;
        long area = user.mmap(LargeMemory.AREA, pages * 4096L, 3, 0x1012, -1, 0);
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < pages; i++) {
                user.store32(area + i * 4096L, round << 16 | i);
            }
            for (int i = 0; i < pages; i++) {
                if (user.load32(area + i * 4096L) != (round << 16 | i)) {
                    return round;
                }
            }
        }
        return 0;
    }

    private static int free(Session session) {
        return session.kernel().ask(engine -> session.kernel().vm().pages().free().size());
    }
}
