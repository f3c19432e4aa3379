// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Session;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.program.UserFunction;

/** The cases of t_atexit, t_thread_local_dtor and t_status. */
class ExitTest {
    private static final String ALL = "userland.core.fixture.Setting#all";

    private static UserFunction says(String line) {
        return (user, argument) -> user.print(line + (argument == 0 ? "" : "_" + argument));
    }

    private static void prints(Setting setting, List<String> lines, int status, BiFunction<User, String[], Integer> main) {
        try (Session session = new Session(setting.config(2))) {
            assertEquals("GONE " + status + " 0", session.runToEnd(main, setting.argument()));
            assertEquals(lines, session.output());
        }
    }

    /** Two owners finalise what is theirs; what is left is called by exit, the newest first. */
    @ParameterizedTest
    @MethodSource(ALL)
    void atexit(Setting setting) {
        prints(setting, List.of("cxa_handler_5", "cxa_handler_4", "cxa_handler_3", "cxa_handler_2",
                "normal_handler_1", "normal_handler"), 0, (user, args) -> {
                    user.cxaAtexit(says("normal_handler"), 0, 0);
                    user.cxaAtexit(says("normal_handler"), 1, 0);
                    long one = 0x1000;
                    long other = 0x2000;
                    user.cxaAtexit(says("cxa_handler"), 4, one);
                    user.cxaAtexit(says("cxa_handler"), 2, other);
                    user.cxaAtexit(says("cxa_handler"), 5, one);
                    user.cxaAtexit(says("cxa_handler"), 3, other);
                    user.cxaFinalize(one);
                    user.cxaFinalize(other);
                    user.exit(0);
                    return 1;
                });
    }

    /** Whoever exits runs them; handlers may add more; returning from main exits. */
    @ParameterizedTest
    @MethodSource(ALL)
    void handlersOfAllThreads(Setting setting) {
        prints(setting, List.of("late", "second", "first"), 7, (user, args) -> {
            user.atexit(says("first"));
            Crew.run(user, 1, (own, index) -> own.atexit(says("second")));
            user.atexit((own, argument) -> own.atexit(says("late")));
            Crew.run(user, 1, (own, index) -> own.exit(7));
            return 1;
        });
    }

    /** A child of fork has the handlers, too; _exit calls none. */
    @ParameterizedTest
    @MethodSource(ALL)
    void childrenAndUnderscoreExit(Setting setting) {
        prints(setting, List.of("of the child", "of both", "of both"), 0, (user, args) -> {
            user.atexit(says("of both"));
            int first = user.fork((own, argument) -> {
                own.atexit(says("of the child"));
                own.exit(0);
            });
            user.waitChild(first, 0);
            int second = user.fork((own, argument) -> own.exitNow(0));
            user.waitChild(second, 0);
            return 0;
        });
    }

    /** Destructors of thread-local objects run when their thread ends, before those of keys. */
    @ParameterizedTest
    @MethodSource(ALL)
    void thread_local_dtor(Setting setting) {
        prints(setting, List.of("cleanup", "object_2", "object_1", "object_3", "key_9"), 0, (user, args) -> {
            int key = user.pthread().keys().create(user, says("key"));
            Crew.run(user, 1, (own, index) -> {
                own.pthread().keys().set(own, key, 9);
                own.pthread().threads().atThreadExit(own, (thread, argument) -> {
                    says("object").call(thread, argument);
                    thread.pthread().threads().atThreadExit(thread, says("object"), 3);
                }, 1);
                own.pthread().threads().atThreadExit(own, says("object"), 2);
                own.pthread().cancellation().push(own, says("cleanup"), 0);
            });
            return 0;
        });
    }

    /** t_status, findthreads: the library remembers every thread it made, whatever else is mapped in between. */
    @ParameterizedTest
    @MethodSource(ALL)
    void findthreads(Setting setting) {
        setting.once(3, user -> {
            long[] threads = new long[100];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = user.pthread().threads().create(user,
                        (own, argument) -> own.sleepUntil(own.monotonicNanos() + 1_000_000_000_000L), 0);
                for (int j = 0; j <= i; j++) {
                    assertEquals("", user.pthread().threads().getName(user, threads[j]));
                }
                user.mmap(0, (i * 7 % 8 + 1) * 4096, 3, 0x1002, -1, 0);
            }
            user.exit(0);
        });
    }
}
