// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kernel.lwp.fixture.Misbehaving;
import kernel.lwp.fixture.Misbehaving.Lie;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.TestMachine;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.Machine;
import kernel.lwp.proc.Proc;
import kernel.lwp.r184.Revision184;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.ParkRequest;
import kernel.lwp.revision.WaitScan;
import kernel.vm.map.MapIndexKind;
import kernel.vm.map.VmMapEntry;
import machine.core.engine.RunLimit;
import machine.core.mmu.Translation;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.EvictionReport.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Variants of lwp, machine and mapindex that lose, duplicate or invent something: found out at the answer itself. */
class WrongAnswerTest {
    private static final int PAGES = 10;

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("lwp", "LwpRevision.allocateLid", Kind.DUPLICATE, "where another LWP has it", 4, (in, truth) -> 1),
                lie("lwp", "LwpRevision.allocateLid", Kind.RULE, "it gave id -3", 4, (in, truth) -> -3),
                lie("lwp", "LwpRevision.start", Kind.LOST, "it did not start LWP", 4, (in, truth) -> null),
                lie("lwp", "LwpRevision.scan", Kind.RULE, "to collect", 4, (in, truth) -> LwpRevision.WAIT_REAP),
                lie("lwp", "LwpRevision.scan", Kind.RULE, "to collect", 4, (in, truth) -> {
                    WaitScan scan = (WaitScan) in[0];
                    scan.found = scan.waiter;
                    return LwpRevision.WAIT_REAP;
                }),
                lie("lwp", "LwpRevision.scan", Kind.RULE, "it answered -7", 4, (in, truth) -> -7),
                lie("lwp", "LwpRevision.parkTimeout", Kind.RULE, "a timeout of 0 ticks", 1, (in, truth) -> {
                    ((ParkRequest) in[0]).ticks = 0;
                    return 0;
                }),
                lie("lwp", "LwpRevision.parkChannel", Kind.RULE, "no channel", 20, (in, truth) -> 0L),
                lie("lwp", "LwpRevision.unpark", Kind.LOST, "is still parked", 4, (in, truth) -> 0),
                lie("lwp", "LwpRevision.unpark", Kind.RULE, "it answered -9", 4, (in, truth) -> -9),
                lie("machine", "Pmap.enter", Kind.LOST, "still refuses access", 30, (in, truth) -> 0),
                lie("machine", "Pmap.softFault", Kind.LOST, "still refuses access", 30, (in, truth) -> true),
                lie("machine", "Walker.walk", Kind.RULE, "where no memory is", 30, (in, truth) -> {
                    int kind = (int) truth.call();
                    ((Translation) in[4]).frame = 1L << 50;
                    return kind;
                }),
                lie("mapindex", "EntryIndex.floor", Kind.LOST, "does not find what is at", 20, (in, truth) -> null),
                lie("mapindex", "EntryIndex.floor", Kind.LOST, "does not find what is at", 20,
                        (in, truth) -> first((VmMapEntry) truth.call())),
                lie("mapindex", "EntryIndex.insert", Kind.LOST, "does not find what is at", 20, (in, truth) -> null),
                lie("mapindex", "EntryIndex.nextGap", Kind.LOST, "knows no gap", 1, (in, truth) -> in[0]),
                lie("mapindex", "EntryIndex.nextGap", Kind.LOST, "knows no gap", 1, (in, truth) -> null),
                lie("mapindex", "EntryIndex.remove", Kind.DUPLICATE, "taken out of the map", 6, (in, truth) -> null));
    }

    private static VmMapEntry first(VmMapEntry entry) {
        VmMapEntry first = entry;
        while (first != null && first.previous() != null) {
            first = first.previous();
        }
        return first;
    }

    private static Arguments lie(String slot, String callback, Kind kind, String problem, int calls, Lie lie) {
        return Arguments.of(slot, callback, kind, problem, calls, lie);
    }

    private static void main(User user) {
        new RandomProgram(new Random(7), "1.84").run(user);
        for (int round = 0; round < 3; round++) {
            long at = user.map(PAGES * 4096L);
            for (int i = 0; i < PAGES; i++) {
                user.store(at + i * 4096L, 100 + i);
            }
            for (int i = 1; i < PAGES; i += 2) {
                assertEquals(0, user.call("munmap", at + i * 4096L, 4096));
            }
            user.map(2 * 4096);
            for (int i = 0; i < PAGES; i += 2) {
                assertEquals(100 + i, user.load(at + i * 4096L));
            }
        }
    }

    private static Object bad(String slot, String callback, int calls, Lie lie) {
        return switch (slot) {
            case "lwp" -> Misbehaving.lying(LwpRevision.class, new Revision184(), callback, calls, lie);
            case "machine" -> Misbehaving.lying(Machine.class, new TestMachine("bad", TestKernel.MAX_USER), callback,
                    calls, lie);
            default -> Misbehaving.lying(MapIndexKind.class, new SortedIndex(), callback, calls, lie);
        };
    }

    @ParameterizedTest(name = "{1} {2} {3}")
    @MethodSource("lies")
    void isFoundOut(String slot, String callback, Kind kind, String problem, int calls, Lie lie) {
        try (TestKernel kernel = new TestKernel(TestKernel.config("1.84").withCpus(2).withSeed(3))) {
            String fallback = kernel.kernel().slots().find(slot).active();
            kernel.source().add(slot, "bad", () -> bad(slot, callback, calls, lie));
            Proc p = kernel.spawn(WrongAnswerTest::main);
            kernel.run(RunLimit.events(40));
            kernel.swap(slot, "bad");
            kernel.run();
            assertEquals("GONE 0 0", p.state() + " " + p.exitStatus() + " " + p.exitSignal());
            kernel.assertSound();
            List<EvictionReport> reports = kernel.kernel().ask(engine -> engine.evictions().reports());
            assertEquals(1, reports.size(), reports.toString());
            EvictionReport report = reports.getFirst();
            assertEquals(kind, report.kind(), report.message());
            assertTrue(report.message().contains(problem), report.message());
            assertEquals(slot + " bad " + fallback, report.slot() + " " + report.variant() + " " + report.successor());
        }
    }
}
