// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invariant, violated on purpose in a kernel that is sound: the checker has to name it. */
class BrokenInvariantTest {
    private static final long MS = 1_000_000L;

    /** The cast: a process with an LWP in every state, stopped in the middle. */
    private static final class Scene implements AutoCloseable {
        final TestKernel kernel;
        final Proc p;
        int parked;
        int alsoParked;
        int waiting;
        int zombie;
        int working;

        Scene(String lwp) {
            kernel = new TestKernel(lwp, 2);
            p = kernel.spawn(this::main);
            kernel.run(RunLimit.until(100 * MS));
            kernel.assertSound();
        }

        private void main(User user) {
            parked = user.create(own -> own.park(0x100));
            alsoParked = user.create(own -> own.park(0x100));
            user.createDetached(own -> own.park(0));
            waiting = user.create(own -> own.await(parked));
            zombie = user.create(own -> { });
            working = user.create(own -> {
                own.call("_lwp_ctl", 3, own.scratch());
                own.compute(10_000 * MS);
            });
            user.create(own -> own.compute(10_000 * MS));
            user.create(own -> own.compute(10_000 * MS));
            user.sleep(10_000 * MS);
        }

        Processes processes() {
            return kernel.kernel().processes();
        }

        Lwp lwp(int lid) {
            return p.anyLwp(lid);
        }

        Lwp lwpThat(TaskState state) {
            for (Lwp l = p.lwps.head(); l != null; l = l.next) {
                if (l.state() == state) {
                    return l;
                }
            }
            throw new AssertionError("no LWP is " + state);
        }

        Set<String> brokenRules() {
            List<String> broken = kernel.kernel().checkInvariants();
            return broken.stream().map(text -> text.substring(0, text.indexOf(':')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Override
        public void close() {
            kernel.close();
        }
    }

    /** What is done to a scene, and the rule that no longer holds. */
    private record Damage(String rule, String what, Consumer<Scene> deed) {
        @Override
        public String toString() {
            return rule + ": " + what;
        }
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage("I1", "an LWP leaves the list, not the count",
                        scene -> scene.p.lwps.head().next = scene.p.lwps.head().next.next),
                new Damage("I2", "p_nzlwps counts one more", scene -> scene.p.zombieCount++),
                new Damage("I2", "a zombie that never began to exit",
                        scene -> scene.lwp(scene.zombie).exiting = false),
                new Damage("I3", "a detached LWP that is not counted",
                        scene -> scene.lwp(scene.parked).lwpFlags |= LwpFlag.LPR_DETACHED),
                new Damage("I4", "p_nrlwps counts one less", scene -> scene.p.runnableCount--),
                new Damage("I5", "a waiter that is not counted", scene -> scene.lwp(scene.waiting).inWait = false),
                new Damage("I6", "an LWP in no run queue is runnable",
                        scene -> scene.lwpThat(TaskState.LSSLEEP).become(TaskState.LSRUN)),
                new Damage("I6", "an LWP is not where its priority says",
                        scene -> scene.lwpThat(TaskState.LSRUN).setPriority(200)),
                new Damage("I6", "an LWP runs on a CPU that runs another",
                        scene -> scene.lwpThat(TaskState.LSRUN).become(TaskState.LSONPROC)),
                new Damage("I7", "a sleeper waits for nothing",
                        scene -> scene.lwp(scene.parked).setWaitChannel(0)),
                new Damage("I7", "an LWP that runs waits", scene -> scene.lwp(scene.working).setWaitChannel(0x100)),
                new Damage("I8", "a sleeper is on no queue",
                        scene -> scene.lwp(scene.waiting).setSleepQueue(null)),
                new Damage("I8", "a queue has lost its sleeper", BrokenInvariantTest::loseSleeper),
                new Damage("I9", "an LWP is parked and runs",
                        scene -> scene.lwp(scene.working).setSyncObject(scene.processes().parkObject())),
                new Damage("I9", "a parked LWP sleeps no more",
                        scene -> scene.lwp(scene.parked).become(TaskState.LSRUN)),
                new Damage("I10", "an unpark is pending for a parked LWP",
                        scene -> scene.lwp(scene.parked).flags |= LwpFlag.LW_UNPARKED),
                new Damage("I11", "the lock of a run queue stays held", BrokenInvariantTest::keepLock),
                new Damage("I12", "an id finds another LWP", scene -> {
                    Lwp l = scene.lwp(scene.parked);
                    scene.p.lwps.remove(l);
                    l.next = scene.p.lwps.head().next;
                    scene.p.lwps.head().next = l;
                }),
                new Damage("I12", "an LWP owns the id of a process", scene -> scene.p.anyLwp(1).ownsId = true),
                new Damage("I13", "nobody told an LWP that it is waited for",
                        scene -> scene.lwp(scene.parked).waiter = 0),
                new Damage("I14", "lc_curcpu is wrong", scene -> scene.lwp(scene.working).control.show(7)),
                new Damage("I14", "lc_pctr goes back", scene -> {
                    ControlBlock block = scene.lwp(scene.working).control;
                    block.count(block.countSeen - 1);
                }),
                new Damage("I15", "a user is charged with one LWP too many",
                        scene -> scene.processes().users().addThread(scene.p, 0)));
    }

    private static void loseSleeper(Scene scene) {
        Lwp l = scene.lwp(scene.waiting);
        SleepQueue queue = (SleepQueue) l.sleepQueue();
        queue.remove(l);
        l.setSleepQueue(queue);
    }

    private static void keepLock(Scene scene) {
        var dispatcher = scene.processes().dispatcher();
        dispatcher.queueLock(dispatcher.cpu(0)).enterNow();
    }

    @ParameterizedTest
    @MethodSource("damages")
    void isNamed(Damage damage) {
        try (Scene scene = new Scene("1.47")) {
            Set<String> broken = scene.kernel.kernel().ask(engine -> {
                damage.deed().accept(scene);
                return Set.<String>of();
            });
            assertEquals(Set.of(), broken);
            assertTrue(scene.brokenRules().contains(damage.rule()), () -> damage + " gave " + scene.brokenRules());
        }
    }

    /** The order of a sleep queue, for each order there is. */
    @Test
    void sleepersOutOfOrderAreNamed() {
        try (Scene scene = new Scene("1.47")) {
            Lwp later = (Lwp) ((SleepQueue) scene.lwp(scene.parked).sleepQueue()).head();
            assertTrue(later.syncObject().order() == SyncObject.Order.LIFO && later.sleepNext != null);
            later.setSleepingSinceNanos(later.sleepNext.sleepingSinceNanos() - 1);
            assertTrue(scene.brokenRules().contains("I8"), () -> "" + scene.brokenRules());
        }
    }

    /** 1.84: ids are unique in the whole system. */
    @Test
    void anIdOfTwoLwpsIsNamed() {
        try (Scene scene = new Scene("1.84")) {
            Lwp l = scene.lwp(scene.parked);
            Lwp twin = new Lwp(scene.p, l.lid());
            twin.ownsId = true;
            scene.p.lwps.add(twin);
            assertTrue(scene.brokenRules().contains("I12"), () -> "" + scene.brokenRules());
        }
    }

    @Test
    void everyInvariantIsBrokenOnce() {
        Set<String> all = IntStream.rangeClosed(1, 15).mapToObj(i -> "I" + i).collect(Collectors.toSet());
        assertEquals(all, damages().map(Damage::rule).collect(Collectors.toSet()));
    }
}
