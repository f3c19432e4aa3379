// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import userland.core.strace.StraceReader;
import userland.core.text.InputError;

class PlanBuilderTest {
    private static ReplayPlan plan(String... lines) {
        return PlanBuilder.of(StraceReader.read("log", String.join("\n", lines) + "\n"));
    }

    private static List<Step> steps(ReplayPlan plan, int process, int thread) {
        return plan.processes().get(process).threads.get(thread).steps;
    }

    private static String actions(ReplayPlan plan) {
        return steps(plan, 0, 0).stream().flatMap(step -> step.actions.stream())
                .map(action -> action.getClass().getSimpleName()).collect(Collectors.joining(" "));
    }

    private static final String START = "1 clone3({flags=CLONE_VM|CLONE_THREAD, child_tid=0x99, parent_tid=0x99}"
            + " => {parent_tid=[2]}, 88) = 2";

    @Test
    void addressesAreResolvedToAreas() {
        ReplayPlan plan = plan(
                "mmap(NULL, 16384, PROT_NONE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x10000",
                "mmap(0x11000, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS, -1, 0) = 0x11000",
                "mprotect(0x11000, 8192, PROT_READ) = 0",
                "munmap(0x10000, 8192) = 0",
                "munmap(0x10000, 16384) = 0");
        List<Step> steps = steps(plan, 0, 0);
        Action.MapOver over = assertInstanceOf(Action.MapOver.class, steps.get(1).actions.getFirst());
        assertEquals("[Piece[area=Area[index=0, bytes=16384], offset=4096, bytes=4096]]", over.pieces().toString());
        Action.Unmap rest = assertInstanceOf(Action.Unmap.class, steps.get(4).actions.getFirst());
        assertEquals(8192, rest.pieces().getFirst().offset());
        assertEquals(8192, rest.pieces().getFirst().bytes());
    }

    @Test
    void memoryOfBeforeTheLogIsMappedWhenItIsFirstNamed() {
        assertEquals("Map Protect Advise ExitThread", actions(plan("mprotect(0x5000, 4096, PROT_READ) = 0",
                "madvise(0x5000, 4096, MADV_DONTNEED) = 0")));
    }

    @Test
    void theHeapIsReservedOnceAndMappedOver() {
        assertEquals("Map MapOver MapOver MapOver ExitThread", actions(plan("brk(NULL) = 0x10000",
                "brk(0x12000) = 0x12000",
                "brk(0x15000) = 0x15000", "brk(0x11000) = 0x11000")));
    }

    @Test
    void onlyMappedFilesAreOpened() {
        ReplayPlan plan = plan("openat(AT_FDCWD, \"/a\", O_RDONLY) = 3", "close(3) = 0",
                "openat(AT_FDCWD, \"/b\", O_RDONLY) = 3",
                "mmap(NULL, 5000, PROT_READ, MAP_PRIVATE, 3, 0x1000) = 0x10000",
                "close(3) = 0");
        assertEquals("Open Map Close ExitThread", actions(plan));
        Action.Open open = (Action.Open) steps(plan, 0, 0).get(2).actions.getFirst();
        assertEquals(12288, open.file().mappedBytes);
        assertEquals("{close=1, openat=1}", plan.unsupported().toString());
    }

    @Test
    void aWaitIsOrderedAfterTheWakeThatEndedIt() {
        ReplayPlan plan = plan(START,
                "2 futex(0x50, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>",
                "1 futex(0x50, FUTEX_WAKE_PRIVATE, 1) = 1",
                "2 <... futex resumed>) = 0",
                "2 futex(0x50, FUTEX_WAKE_PRIVATE, 1) = 0");
        assertEquals(steps(plan, 0, 0).get(1).gives, steps(plan, 0, 1).getFirst().awaits);
        assertEquals(1, steps(plan, 0, 1).getFirst().awaits.size());
        assertInstanceOf(Action.WakeNobody.class, steps(plan, 0, 1).get(1).actions.getFirst());
    }

    @Test
    void aWakeOfNEndsNoMoreThanNWaits() {
        ReplayPlan plan = plan(START, START.replace("= 2", "= 3"),
                "2 futex(0x50, FUTEX_WAIT, 2, NULL <unfinished ...>",
                "3 futex(0x50, FUTEX_WAIT, 2, NULL <unfinished ...>",
                "1 futex(0x50, FUTEX_WAKE, 1) = 1", "2 <... futex resumed>) = 0", "3 <... futex resumed>) = 0");
        assertEquals(1, steps(plan, 0, 0).get(2).gives.size());
        assertEquals("{futex wait without a waker in the log=1}", plan.unsupported().toString());
    }

    @Test
    void aJoinIsOrderedAfterTheEndOfTheThread() {
        ReplayPlan plan = plan(START,
                "1 futex(0x99, FUTEX_WAIT_BITSET, 2, NULL, FUTEX_BITSET_MATCH_ANY <unfinished ...>",
                "2 exit(0) = ?", "1 <... futex resumed>) = 0");
        assertEquals(1, steps(plan, 0, 0).get(1).awaits.size());
        assertEquals(steps(plan, 0, 0).get(1).awaits, steps(plan, 0, 1).getFirst().gives);
    }

    @Test
    void aWaitThatTimedOutSleepsAsLongAsInTheLog() {
        ReplayPlan plan = plan(
                "1 1000000000.0 futex(0x50, FUTEX_WAIT, 2, {tv_sec=9, tv_nsec=0}) = -1 ETIMEDOUT (x) <0.25>");
        assertEquals(new Action.Sleep(250_000_000), steps(plan, 0, 0).getFirst().actions.getFirst());
    }

    @Test
    void theEndOfTheProcessWaitsForWhatOthersDidBeforeIt() {
        ReplayPlan plan = plan(START, "2 madvise(0x5000, 4096, MADV_FREE) = 0",
                "2 futex(0x50, FUTEX_WAIT, 2, NULL <unfinished ...>", "1 exit_group(3) = ?");
        Step end = steps(plan, 0, 0).getLast();
        assertEquals(new Action.ExitProcess(3), end.actions.getFirst());
        assertEquals(steps(plan, 0, 1).getFirst().gives, end.awaits);
        assertInstanceOf(Action.WaitForEver.class, steps(plan, 0, 1).getLast().actions.getFirst());
    }

    @Test
    void memoryOfAnotherThreadIsUsedAfterItWasMapped() {
        ReplayPlan plan = plan(START, "1 mmap(NULL, 4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x10000",
                "2 munmap(0x10000, 4096) = 0");
        assertEquals(steps(plan, 0, 0).get(1).gives, steps(plan, 0, 1).getFirst().awaits);
    }

    @Test
    void aCloneWithoutThreadIsAProcess() {
        ReplayPlan plan = plan("1 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7) = 2",
                "2 exit_group(0) = ?", "1 wait4(-1, NULL, 0, NULL) = 2", "1 exit_group(0) = ?");
        assertEquals(2, plan.processes().size());
        assertEquals("Fork WaitProcess ExitProcess", actions(plan));
    }

    @Test
    void timeBetweenCallsIsComputed() {
        ReplayPlan plan = plan("1 1000000000.000000 close(3) = 0 <0.000010>", "1 1000000000.000050 close(4) = 0");
        assertEquals(40_000, steps(plan, 0, 0).get(1).computeNanos);
    }

    @Test
    void argumentsThatAreNoNumbersAreErrors() {
        String message = assertThrows(InputError.class, () -> plan("munmap(abc, 4096) = 0")).getMessage();
        assertTrue(message.contains("log:1: argument 1 of munmap is no number: 'abc'"), message);
    }
}
