// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.kernel.SyscallListener;
import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.SyscallDescriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Session;
import userland.core.fixture.Setting;
import userland.core.process.LwpUser;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;

/** Mistakes that thread libraries made or met, by their rows in the list of regression scenarios. */
class ScenarioTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final String NATURAL = "userland.core.fixture.Setting#natural";
    private static final String OLDER = "userland.core.fixture.Setting#older";
    private static final long MILLISECOND = 1_000_000;
    private static final int CURCPU_NONE = -1;
    private static final int CURCPU_EXITED = -2;

    private static void sleep(User user, long nanos) {
        user.sleepUntil(user.monotonicNanos() + nanos);
    }

    /** Row 23: unparks do not add up; two before a park end one park, and the next one sleeps. */
    @ParameterizedTest
    @MethodSource(ALL)
    void aPendingUnparkIsATokenAndNotACount(Setting setting) {
        setting.always(user -> {
            assertEquals(0, user.lwpUnpark(user.lid(), 0));
            assertEquals(0, user.lwpUnpark(user.lid(), 0));
            assertEquals(Errno.EALREADY, user.park(User.FOREVER, 0));
            assertEquals(Errno.ETIMEDOUT, user.park(user.monotonicNanos() + 20 * MILLISECOND, 0));
        });
    }

    /** Row 24: surplus unparks rain on threads that wait; nobody leaves a wait before it was released. */
    @ParameterizedTest
    @MethodSource(ALL)
    void surplusWakeUpsDoNotEndAWait(Setting setting) {
        setting.always(user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            long condition = user.allocate(Conditions.BYTES);
            long count = user.allocate(16);
            Crew crew = Crew.start(user, 4, (own, index) -> {
                for (int i = 0; i < 20; i++) {
                    own.pthread().mutexes().lock(own, mutex);
                    assertEquals(0, own.fetchAdd32(count + 8, 1), "alone inside");
                    own.compute(2_000);
                    own.fetchAdd32(count + 8, -1);
                    if (own.fetchAdd32(count, 1) % 3 == 0) {
                        own.pthread().conditions().awaitUntil(own, condition, mutex, own.realtimeNanos() + 10_000);
                    }
                    own.pthread().mutexes().unlock(own, mutex);
                }
            });
            while (user.load32(count) < 80) {
                for (int i = 0; i < 4; i++) {
                    user.lwpUnpark(user.pthread().threads().lid(user, crew.thread(i)), 0);
                    user.syscall("_lwp_wakeup", user.pthread().threads().lid(user, crew.thread(i)));
                }
                user.compute(700);
            }
            crew.join();
            assertEquals(0, user.pthread().conditions().destroy(user, condition));
        });
    }

    /** Notes the wake-up calls of one LWP. */
    private static final class WakeCalls implements SyscallListener {
        final List<String> calls = new ArrayList<>();
        private final int lid;

        WakeCalls(int lid) {
            this.lid = lid;
        }

        @Override
        public void entered(Lwp l, SyscallDescriptor call) {
            if (l.lid() == lid && call.name().startsWith("_lwp_unpark")) {
                calls.add(call.name() + (call.name().endsWith("all") ? " " + l.frame().arg(1) : ""));
            }
        }

        @Override
        public void left(Lwp l, SyscallDescriptor call, int error) {
            // Only the calls count.
        }
    }

    /** Row 25: a broadcast to 40 waiters takes two calls, with and without the mutex held. */
    @ParameterizedTest
    @MethodSource(NATURAL)
    void wakeUpsAreBatched(Setting setting) {
        for (boolean inside : new boolean[]{true, false}) {
            setting.once(1, user -> {
                long mutex = user.allocate(Mutexes.BYTES);
                long condition = user.allocate(Conditions.BYTES);
                Crew crew = Crew.start(user, 40, (own, index) -> {
                    own.pthread().mutexes().lock(own, mutex);
                    own.pthread().conditions().await(own, condition, mutex);
                    own.pthread().mutexes().unlock(own, mutex);
                });
                sleep(user, 500 * MILLISECOND);
                WakeCalls seen = new WakeCalls(user.lid());
                ((LwpUser) user).lwp().trap().listener(seen);
                if (inside) {
                    user.pthread().mutexes().lock(user, mutex);
                }
                user.pthread().conditions().broadcast(user, condition);
                if (inside) {
                    user.pthread().mutexes().unlock(user, mutex);
                }
                ((LwpUser) user).lwp().trap().listener(null);
                assertEquals(List.of("_lwp_unpark_all 32", "_lwp_unpark_all 8"), seen.calls);
                crew.join();
            });
        }
    }

    /**
     * Row 26: on one CPU a thread of low priority is interrupted in the middle of a signal; one of high priority that
     * meets the marker must not keep it from going on for ever.
     */
    @ParameterizedTest
    @MethodSource(ALL)
    void highPrioritiesDoNotStarveASignaller(Setting setting) {
        for (int seed = 1; seed <= 20; seed++) {
            int delay = seed * 137;
            setting.once(setting.config(seed).withCpus(1), user -> {
                long mutex = user.allocate(Mutexes.BYTES);
                long condition = user.allocate(Conditions.BYTES);
                Crew.run(user, 2, (own, index) -> {
                    own.pthread().threads().setSchedParam(own, own.pthread().threads().self(own), 1,
                            index == 0 ? 1 : 20);
                    for (int i = 0; i < 30; i++) {
                        if (index == 0) {
                            own.pthread().conditions().signal(own, condition);
                        } else {
                            sleep(own, delay);
                            own.pthread().mutexes().lock(own, mutex);
                            own.pthread().conditions().awaitUntil(own, condition, mutex,
                                    own.realtimeNanos() + delay);
                            own.pthread().mutexes().unlock(own, mutex);
                        }
                    }
                });
            });
        }
    }

    /** Row 35: who spins on a running owner gets the mutex as soon as it is unlocked, without a park. */
    @ParameterizedTest
    @MethodSource(ALL)
    void aSpinnerStopsWhenTheOwnerUnlocks(Setting setting) {
        setting.once(setting.config(2).withCpus(2), user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            long times = user.allocate(16);
            user.pthread().mutexes().lock(user, mutex);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                own.store64(times, own.monotonicNanos());
                own.pthread().mutexes().lock(own, mutex);
                own.store64(times + 8, own.monotonicNanos());
            });
            while (user.load64(times) == 0) {
                user.compute(1_000);
            }
            user.compute(200_000);
            long unlocked = user.monotonicNanos();
            user.pthread().mutexes().unlock(user, mutex);
            crew.join();
            long late = user.load64(times + 8) - unlocked;
            assertTrue(late < 5_000, () -> late + " ns late");
        });
    }

    /** Row 35: who waits for an owner that has exited sleeps, where the deadlock can be seen. */
    @ParameterizedTest
    @MethodSource(ALL)
    void nobodySpinsForAnOwnerThatExited(Setting setting) {
        asleepForEver(setting, user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            Crew.run(user, 1, (own, argument) -> own.pthread().mutexes().lock(own, mutex));
            user.pthread().mutexes().lock(user, mutex);
        });
    }

    /** A normal mutex does not say that the caller has it: it waits for ever, asleep. */
    @ParameterizedTest
    @MethodSource(ALL)
    void lockingANormalMutexAgainSleeps(Setting setting) {
        asleepForEver(setting, user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            user.pthread().mutexes().lock(user, mutex);
            user.pthread().mutexes().lock(user, mutex);
        });
    }

    private static void asleepForEver(Setting setting, Consumer<User> body) {
        try (Session session = new Session(setting.config(2))) {
            var proc = session.spawn((user, args) -> {
                body.accept(user);
                return 0;
            }, setting.argument());
            session.run();
            Lwp first = proc.newestLwp();
            while (first.nextInProcess() != null) {
                first = first.nextInProcess();
            }
            assertEquals(TaskState.LSSLEEP, first.state());
        }
    }

    /** Rows 36 and 37: the mark of an exit is final, and a new LWP in the slot goes on counting from where it was. */
    @ParameterizedTest
    @MethodSource(OLDER)
    void controlBlocksTellOfExits(Setting setting) {
        setting.once(2, user -> {
            long address = user.allocate(16);
            Crew first = Crew.start(user, 1, (own, argument) -> {
                own.syscall("_lwp_ctl", 3, address);
                sleep(own, 10 * MILLISECOND);
            });
            first.join();
            sleep(user, 10 * MILLISECOND);
            long block = user.load64(address);
            int counted = user.load32(block + 4);
            assertEquals(CURCPU_EXITED, user.load32(block));
            Crew second = Crew.start(user, 1, (own, argument) -> {
                own.syscall("_lwp_ctl", 3, address + 8);
                sleep(own, 10 * MILLISECOND);
                sleep(own, 100 * MILLISECOND);
            });
            sleep(user, 60 * MILLISECOND);
            assertEquals(block, user.load64(address + 8));
            assertEquals(CURCPU_NONE, user.load32(block));
            assertTrue(user.load32(block + 4) > counted);
            second.join();
        });
    }

    /** A signal while the signaller has the mutex makes no call; the unlock does. */
    @ParameterizedTest
    @MethodSource(NATURAL)
    void aSignalWithTheMutexHeldWakesAtTheUnlock(Setting setting) {
        setting.once(1, user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            long condition = user.allocate(Conditions.BYTES);
            Crew crew = Crew.start(user, 1, (own, index) -> {
                own.pthread().mutexes().lock(own, mutex);
                own.pthread().conditions().await(own, condition, mutex);
                own.pthread().mutexes().unlock(own, mutex);
            });
            sleep(user, 20 * MILLISECOND);
            user.pthread().mutexes().lock(user, mutex);
            WakeCalls seen = new WakeCalls(user.lid());
            ((LwpUser) user).lwp().trap().listener(seen);
            user.pthread().conditions().signal(user, condition);
            assertEquals(List.of(), seen.calls);
            user.pthread().mutexes().unlock(user, mutex);
            ((LwpUser) user).lwp().trap().listener(null);
            assertEquals(List.of("_lwp_unpark"), seen.calls);
            crew.join();
        });
    }

    /** In 2009 a single wake-up goes with the park call of the thread that gives the mutex up to wait. */
    @ParameterizedTest
    @MethodSource(OLDER)
    void aWakeUpIsCarriedByThePark(Setting setting) {
        setting.once(setting.config(1).withCpus(1), user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            long ping = user.allocate(Conditions.BYTES);
            long pong = user.allocate(Conditions.BYTES);
            Crew crew = Crew.start(user, 1, (own, index) -> {
                own.pthread().mutexes().lock(own, mutex);
                own.pthread().conditions().await(own, ping, mutex);
                own.pthread().conditions().signal(own, pong);
                own.pthread().mutexes().unlock(own, mutex);
            });
            sleep(user, 20 * MILLISECOND);
            user.pthread().mutexes().lock(user, mutex);
            WakeCalls seen = new WakeCalls(user.lid());
            ((LwpUser) user).lwp().trap().listener(seen);
            user.pthread().conditions().signal(user, ping);
            user.pthread().conditions().await(user, pong, mutex);
            ((LwpUser) user).lwp().trap().listener(null);
            assertEquals(List.of(), seen.calls);
            user.pthread().mutexes().unlock(user, mutex);
            crew.join();
        });
    }
}
