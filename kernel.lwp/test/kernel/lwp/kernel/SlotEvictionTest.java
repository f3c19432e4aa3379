// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kernel.lwp.fixture.Misbehaving;
import kernel.lwp.fixture.Misbehaving.How;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.TestMachine;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.Machine;
import kernel.lwp.proc.Proc;
import kernel.lwp.r147.Revision147;
import kernel.lwp.r184.Revision184;
import kernel.lwp.revision.LwpRevision;
import kernel.vm.map.MapIndexKind;
import machine.core.engine.RunLimit;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.EvictionReport.Kind;
import machine.core.watchdog.HostWatchdog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variants of lwp, machine and mapindex that throw, loop or block: the fallback takes over, and no program notices. */
class SlotEvictionTest {
    private static final int SIGUSR1 = 30;
    private static final int PAGES = 12;
    private static final List<String> LWP = List.of("allocateLid", "checkContext", "start", "scan", "parkTimeout",
            "parkQueue", "parkChannel", "unpark", "nameBytes", "suspensionBarrier");
    private static final List<String> MACHINE = List.of("PmapModule.create", "PmapModule.zeroPage",
            "PmapModule.copyPage", "Pmap.enter", "Pmap.remove",
            "Pmap.protect", "Pmap.activate", "Pmap.deactivate", "Pmap.softFault", "Pmap.removePages", "Pmap.release",
            "Pmap.isPrefaultable", "Walker.walk", "UserContextCodec.validate", "UserContextCodec.load",
            "UserContextCodec.store", "UserContextCodec.makeStart",
            "UserContextCodec.checkPrivate", "SignalFrames.place", "SignalFrames.link",
            "SignalFrames.enter");
    private static final List<String> MAPINDEX = List.of("floor", "insert", "remove", "moveStart", "gapChanged",
            "nextGap", "create");

    private final HostWatchdog watchdog = HostWatchdog.driven();

    static Stream<Arguments> cases() {
        return Stream.of(How.values()).flatMap(how -> Stream.of(
                LWP.stream().map(callback -> Arguments.of("lwp", "LwpRevision." + callback, how)),
                MACHINE.stream().map(callback -> Arguments.of("machine", callback, how)),
                MAPINDEX.stream().map(callback -> Arguments.of("mapindex",
                        (callback.equals("create") ? "MapIndexKind." : "EntryIndex.") + callback, how)))
                .flatMap(all -> all));
    }

    /** Does a bit of everything that asks a variant something. */
    private static void main(User user) {
        new RandomProgram(new Random(5), "1.84").run(user);
        user.useStack();
        user.handle(SIGUSR1, (self, signo, info, context) -> { });
        for (int round = 0; round < 4; round++) {
            long at = user.map(PAGES * 4096L);
            for (int i = 0; i < PAGES; i++) {
                user.store(at + i * 4096L, 100 + i);
            }
            assertEquals(0, user.call("mprotect", at + 4096, 4096, 1));
            assertEquals(0, user.call("munmap", at + 2 * 4096, 4096));
            user.fork(child -> {
                child.store(at + 3 * 4096, 7);
                assertEquals(104, child.load(at + 4 * 4096));
            });
            user.raise(SIGUSR1);
            assertEquals(0, user.call("_lwp_setprivate", 0x1234));
            assertEquals(0, user.call("_lwp_getname", user.lwp().lid(), user.scratch(), 16));
            assertEquals(103, user.load(at + 3 * 4096));
            assertEquals(0, user.call("munmap", at, 2 * 4096));
            assertEquals(0, user.call("munmap", at + 3 * 4096, (PAGES - 3) * 4096L));
            user.map(3 * 4096);
        }
    }

    private Object bad(String slot, String callback, How how) {
        return switch (slot) {
            case "lwp" -> Misbehaving.of(LwpRevision.class, callback.contains("parkQueue") || callback.contains("Channel")
                    ? new Revision147() : new Revision184(), callback, works(callback), how, watchdog);
            case "machine" -> Misbehaving.of(Machine.class, new TestMachine("bad", TestKernel.MAX_USER), callback,
                    works(callback), how, watchdog);
            default -> Misbehaving.of(MapIndexKind.class, MapIndexKind.rbtree(), callback, works(callback), how, watchdog);
        };
    }

    /** How often a callback works: past the swap. */
    private static int works(String callback) {
        return switch (callback) {
            case "LwpRevision.parkChannel", "EntryIndex.floor", "EntryIndex.insert" -> 20;
            case "PmapModule.create", "Pmap.activate" -> 8;
            case "EntryIndex.nextGap", "MapIndexKind.create" -> 2;
            default -> 1;
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFallbackTakesOverAndNoProgramNotices(String slot, String callback, How how) {
        try (TestKernel kernel = new TestKernel(TestKernel.config("1.84").withCpus(2).withSeed(3))) {
            String fallback = kernel.kernel().slots().find(slot).active();
            watchdog.add(kernel.kernel().engine().watch());
            kernel.source().add(slot, "bad", () -> bad(slot, callback, how));
            Proc p = kernel.spawn(SlotEvictionTest::main);
            Proc other = kernel.spawn(SlotEvictionTest::main);
            kernel.run(RunLimit.events(40));
            kernel.swap(slot, "bad");
            kernel.run();
            assertEquals("GONE 0 0 GONE 0 0", p.state() + " " + p.exitStatus() + " " + p.exitSignal() + " "
                    + other.state() + " " + other.exitStatus() + " " + other.exitSignal());
            kernel.assertSound();
            List<EvictionReport> reports = kernel.kernel().ask(engine -> engine.evictions().reports());
            assertEquals(1, reports.size(), reports.toString());
            assertReport(reports.getFirst(), slot, callback, how, fallback);
            assertEquals(fallback, kernel.kernel().slots().find(slot).active());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserContextCodec.store", "UserContextCodec.makeStart", "UserContextCodec.load",
        "UserContextCodec.checkPrivate",
        "SignalFrames.place", "SignalFrames.link", "SignalFrames.enter", "Pmap.enter"})
    void aSuccessorWithLargerContextsTakesOver(String callback) {
        try (TestKernel kernel = new TestKernel(TestKernel.config("1.84").withMachine("wide").withSeed(3))) {
            kernel.source().add("machine", "bad", () -> bad("machine", callback, How.THROW));
            kernel.source().remove("machine", "test");
            Proc p = kernel.spawn(SlotEvictionTest::main);
            kernel.swap("machine", "bad");
            kernel.run();
            assertEquals("GONE 0 0", p.state() + " " + p.exitStatus() + " " + p.exitSignal());
            kernel.assertSound();
            List<EvictionReport> reports = kernel.kernel().ask(engine -> engine.evictions().reports());
            assertEquals(1, reports.size(), reports.toString());
            assertReport(reports.getFirst(), "machine", callback, How.THROW, "wide");
        }
    }

    private static void assertReport(EvictionReport report, String slot, String callback, How how, String fallback) {
        assertEquals(how == How.THROW ? Kind.THROW : Kind.OVERDUE, report.kind(), report.message());
        assertEquals(slot + " bad " + fallback, report.slot() + " " + report.variant() + " " + report.successor());
        String name = callback.substring(callback.indexOf('.') + 1);
        assertTrue(report.message().contains(" broke a rule in " + name + ": "), report.message());
        assertEquals(3, report.seed());
        assertTrue(report.event() > 0 && report.cpu() >= 0, report.toString());
        assertFalse(report.running().isEmpty());
        assertTrue(report.stack().stream().anyMatch(frame -> frame.contains("Misbehaving")), report.stack().toString());
        assertTrue(report.decisions().size() <= 50);
    }
}
