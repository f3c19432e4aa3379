// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;

/** The cases of t_cond and t_condwait, with fewer rounds. */
class ConditionTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    /** A mutex, a condition and a word in user memory. */
    private record Place(long mutex, long condition, long word) {
        static Place in(User user) {
            return new Place(user.allocate(Mutexes.BYTES), user.allocate(Conditions.BYTES), user.allocate(8));
        }

        void lock(User user) {
            assertEquals(0, user.pthread().mutexes().lock(user, mutex));
        }

        void unlock(User user) {
            assertEquals(0, user.pthread().mutexes().unlock(user, mutex));
        }

        void await(User user) {
            assertEquals(0, user.pthread().conditions().await(user, condition, mutex));
        }

        void signal(User user) {
            assertEquals(0, user.pthread().conditions().signal(user, condition));
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void signal_delay_wait(Setting setting) {
        setting.always(user -> {
            Place place = Place.in(user);
            place.lock(user);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                own.sleepUntil(own.monotonicNanos() + 20 * MILLISECOND);
                place.lock(own);
                own.store32(place.word, 1);
                place.unlock(own);
                place.signal(own);
            });
            while (user.load32(place.word) == 0) {
                place.await(user);
            }
            place.unlock(user);
            crew.join();
        });
    }

    private static void signalBeforeUnlock(User user, Place place) {
        place.lock(user);
        Crew crew = Crew.start(user, 1, (own, argument) -> {
            place.lock(own);
            own.store32(place.word, 1);
            place.signal(own);
            place.unlock(own);
        });
        while (user.load32(place.word) == 0) {
            place.await(user);
        }
        place.unlock(user);
        crew.join();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void signal_before_unlock(Setting setting) {
        setting.always(user -> {
            Place place = Place.in(user);
            user.pthread().mutexes().init(user, place.mutex, 0);
            user.pthread().conditions().init(user, place.condition, 0);
            signalBeforeUnlock(user, place);
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void signal_before_unlock_static_init(Setting setting) {
        setting.always(user -> signalBeforeUnlock(user, Place.in(user)));
    }

    /** Two threads take turns on one condition. */
    @ParameterizedTest
    @MethodSource(ALL)
    void signal_wait_race(Setting setting) {
        setting.always(user -> {
            Place place = Place.in(user);
            user.store32(place.word, 500);
            Crew.run(user, 2, (own, side) -> {
                place.lock(own);
                while (own.load32(place.word) > 0) {
                    if (own.load32(place.word) % 2 == side) {
                        own.store32(place.word, own.load32(place.word) - 1);
                        place.signal(own);
                    } else {
                        place.await(own);
                    }
                }
                place.signal(own);
                place.unlock(own);
            });
            assertEquals(0, user.load32(place.word));
        });
    }

    /** 64 threads wait for times that are over or nearly; nothing but 0 and ETIMEDOUT may come: section 8, row 1. */
    @ParameterizedTest
    @MethodSource(ALL)
    void cond_timedwait_race(Setting setting) {
        setting.once(3, user -> {
            Place place = Place.in(user);
            Crew.run(user, 64, (own, index) -> {
                place.lock(own);
                for (int i = 0; i < 60; i++) {
                    long until = own.realtimeNanos() + (i % 4 - 1) * 5 * MILLISECOND;
                    int error = own.pthread().conditions().awaitUntil(own, place.condition, place.mutex, until);
                    assertTrue(error == 0 || error == Errno.ETIMEDOUT, () -> "awaitUntil: " + Errno.name(error));
                    if (i % 8 == index % 8) {
                        place.signal(own);
                    }
                }
                place.unlock(own);
            });
            assertEquals(0, user.pthread().conditions().destroy(user, place.condition));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void broadcast(Setting setting) {
        setting.always(user -> {
            Place place = Place.in(user);
            long ready = user.allocate(Conditions.BYTES);
            long count = user.allocate(8);
            Crew crew = Crew.start(user, 9, (own, argument) -> {
                place.lock(own);
                own.store32(count, own.load32(count) + 1);
                own.pthread().conditions().signal(own, ready);
                while (own.load32(place.word) == 0) {
                    place.await(own);
                }
                own.store32(count, own.load32(count) - 1);
                place.unlock(own);
            });
            place.lock(user);
            while (user.load32(count) < 9) {
                user.pthread().conditions().await(user, ready, place.mutex);
            }
            user.store32(place.word, 1);
            assertEquals(0, user.pthread().conditions().broadcast(user, place.condition));
            place.unlock(user);
            crew.join();
            assertEquals(0, user.load32(count));
        });
    }

    private static void bogus(User user, Place place) {
        Conditions conditions = user.pthread().conditions();
        place.lock(user);
        long[] past = {0, 1, user.realtimeNanos() - SECOND, user.realtimeNanos() - 1};
        for (long until : past) {
            assertEquals(Errno.ETIMEDOUT, conditions.awaitUntil(user, place.condition, place.mutex, until));
            assertEquals(Errno.EBUSY, user.pthread().mutexes().tryLock(user, place.mutex), "locked again");
        }
        assertEquals(Errno.EINVAL, conditions.awaitUntil(user, place.condition, place.mutex, -1));
        place.unlock(user);
    }

    /** Before there is any other thread, and after. */
    @ParameterizedTest
    @MethodSource(ALL)
    void bogus_timedwaits(Setting setting) {
        setting.always(user -> {
            Place place = Place.in(user);
            bogus(user, place);
            Crew.run(user, 1, (own, argument) -> bogus(own, place));
            bogus(user, place);
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void destroy_after_cancel(Setting setting) {
        setting.always(user -> {
            Place place = Place.in(user);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                place.lock(own);
                own.store32(place.word, 1);
                own.pthread().cancellation().push(own, (thread, mutex) -> place.unlock(thread), 0);
                place.await(own);
                own.pthread().cancellation().pop(own, true);
            });
            while (user.load32(place.word) == 0) {
                user.sleepUntil(user.monotonicNanos() + MILLISECOND);
            }
            place.lock(user);
            assertEquals(Errno.EBUSY, user.pthread().conditions().destroy(user, place.condition));
            place.unlock(user);
            assertEquals(0, user.pthread().cancellation().cancel(user, crew.thread(0)));
            crew.join();
            assertEquals(0, user.pthread().conditions().destroy(user, place.condition));
            assertEquals(0, user.pthread().mutexes().destroy(user, place.mutex));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void condattr(Setting setting) {
        setting.once(1, user -> {
            Conditions conditions = user.pthread().conditions();
            long attributes = user.allocate(Conditions.ATTR_BYTES);
            assertEquals(Errno.EINVAL, conditions.attrDestroy(user, attributes));
            assertEquals(0, conditions.attrInit(user, attributes));
            assertEquals(Conditions.CLOCK_REALTIME, conditions.attrGetClock(user, attributes));
            assertEquals(0, conditions.attrSetClock(user, attributes, Conditions.CLOCK_MONOTONIC));
            assertEquals(Conditions.CLOCK_MONOTONIC, conditions.attrGetClock(user, attributes));
            assertEquals(Errno.EINVAL, conditions.attrSetClock(user, attributes, 99));
            assertEquals(0, conditions.init(user, user.allocate(Conditions.BYTES), attributes));
            assertEquals(0, conditions.attrDestroy(user, attributes));
            assertEquals(Errno.EINVAL, conditions.init(user, user.allocate(Conditions.BYTES), attributes));
        });
    }

    private static void waitsTwoSeconds(User user, int clock) {
        Conditions conditions = user.pthread().conditions();
        Place place = Place.in(user);
        long attributes = user.allocate(Conditions.ATTR_BYTES);
        conditions.attrInit(user, attributes);
        conditions.attrSetClock(user, attributes, clock);
        conditions.init(user, place.condition, attributes);
        boolean real = clock == Conditions.CLOCK_REALTIME;
        long start = real ? user.realtimeNanos() : user.monotonicNanos();
        place.lock(user);
        assertEquals(Errno.ETIMEDOUT,
                conditions.awaitUntil(user, place.condition, place.mutex, start + 2 * SECOND));
        long elapsed = (real ? user.realtimeNanos() : user.monotonicNanos()) - start;
        assertTrue(elapsed >= 2 * SECOND && elapsed <= 3 * SECOND, () -> elapsed + " ns");
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cond_wait_real(Setting setting) {
        setting.always(user -> waitsTwoSeconds(user, Conditions.CLOCK_REALTIME));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cond_wait_mono(Setting setting) {
        setting.always(user -> waitsTwoSeconds(user, Conditions.CLOCK_MONOTONIC));
    }

    /** The error numbers of the manual. */
    @ParameterizedTest
    @MethodSource(ALL)
    void errors(Setting setting) {
        setting.once(2, user -> {
            Conditions conditions = user.pthread().conditions();
            Place place = Place.in(user);
            assertEquals(Errno.EPERM, conditions.await(user, place.condition, place.mutex));
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                place.lock(own);
                own.store32(place.word, 1);
                place.await(own);
                place.unlock(own);
            });
            user.sleepUntil(user.monotonicNanos() + 30 * MILLISECOND);
            assertEquals(1, user.load32(place.word));
            long other = user.allocate(Mutexes.BYTES);
            user.pthread().mutexes().lock(user, other);
            assertEquals(Errno.EINVAL, conditions.await(user, place.condition, other), "others wait with another mutex");
            place.signal(user);
            crew.join();
            assertEquals(0, conditions.destroy(user, place.condition));
            assertEquals(Errno.EINVAL, conditions.destroy(user, place.condition));
            assertEquals(Errno.EINVAL, conditions.signal(user, place.condition));
            assertEquals(Errno.EINVAL, conditions.broadcast(user, place.condition));
            assertEquals(Errno.EINVAL, conditions.await(user, place.condition, other));
        });
    }
}
