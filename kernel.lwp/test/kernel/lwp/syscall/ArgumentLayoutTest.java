// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Consumer;
import java.util.stream.Collectors;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.SyscallDescriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers and arguments of the calls, and what their pointers point to where words have 32 bits: seconds are 64 bits
 * wide there too, nanoseconds and pointers are not.
 */
class ArgumentLayoutTest {
    private static final long MS = 1_000_000L;
    private static final int MONOTONIC = 3;
    private static final int ABSTIME = 1;
    private static final int NANOS = 8;
    private static final int REST = 12;
    private static final int GARBAGE = 0x5a5a5a5a;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            _lwp_create     | 309 | ucp flags new_lwp
            _lwp_exit       | 310 | ''
            _lwp_self       | 311 | ''
            _lwp_wait       | 312 | wait_for departed
            _lwp_suspend    | 313 | target
            _lwp_continue   | 314 | target
            _lwp_wakeup     | 315 | target
            _lwp_getprivate | 316 | ''
            _lwp_setprivate | 317 | ptr
            _lwp_kill       | 318 | target signo
            _lwp_detach     | 319 | target
            _lwp_unpark     | 321 | target hint
            _lwp_unpark_all | 322 | targets ntargets hint
            _lwp_setname    | 323 | target name
            _lwp_getname    | 324 | target name len
            _lwp_ctl        | 325 | features address
            ___lwp_park50   | 434 | ts unpark hint unparkhint
            ___lwp_park60   | 478 | clock_id flags ts unpark hint unparkhint
            """)
    void numbersAndParameters(String name, int number, String parameters) {
        SyscallDescriptor call = LwpCalls.all().stream().filter(c -> c.number() == number).findFirst().orElseThrow();
        assertEquals(name, call.name());
        assertEquals(parameters, call.parameters().stream().map(Parameter::name).collect(Collectors.joining(" ")));
    }

    private static void main(String lwp, String machine, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(TestKernel.config(lwp).withMachine(machine).withCpus(2))) {
            kernel.runToEnd(main);
        }
    }

    private static long time(User user, long seconds, int nanos) {
        long at = user.scratch() + 512;
        user.storeLong(at, seconds);
        user.store(at + NANOS, nanos);
        user.store(at + REST, GARBAGE);
        return at;
    }

    /** A second more than fits into 32 bits is not a second. */
    @ParameterizedTest
    @CsvSource({"1.76.2.1, narrow", "1.84, narrow", "1.84, small"})
    void secondsHave64Bits(String lwp, String machine) {
        main(lwp, machine, user -> {
            long at = user.map(4096);
            int lid = user.create(child -> {
                child.storeLong(at, (1L << 32) + 1);
                child.call("___lwp_park60", MONOTONIC, 0, at, 0, 0, 0);
            });
            user.sleep(3000 * MS);
            assertEquals(TaskState.LSSLEEP, user.lwp().proc().anyLwp(lid).state());
            assertEquals(0, user.unpark(lid, 0));
            assertEquals(0, user.await(lid));
            assertEquals((1L << 32) - 2, user.loadLong(at), 1);
        });
    }

    @ParameterizedTest
    @CsvSource({"1.76.2.1", "1.84"})
    void park60ReadsAndWritesTwelveBytes(String lwp) {
        main(lwp, "narrow", user -> {
            long at = time(user, 0, (int) (20 * MS));
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park60", MONOTONIC, 0, at, 0, 0, 0));
            assertEquals(0, user.loadLong(at));
            assertEquals(0, user.load(at + NANOS));
            assertEquals(GARBAGE, user.load(at + REST));
            assertEquals(Errno.EINVAL, user.call("___lwp_park60", MONOTONIC, 0, time(user, 1, -1), 0, 0, 0));
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park60", MONOTONIC, ABSTIME, time(user, 0, 1), 0, 0, 0));
        });
    }

    @ParameterizedTest
    @CsvSource({"1.47"})
    void park50ReadsTwelveBytes(String lwp) {
        main(lwp, "narrow", user -> {
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park50", time(user, 1, 0), 0, 0, 0));
            assertEquals(Errno.EINVAL, user.call("___lwp_park50", time(user, 1, -1), 0, 0, 0));
            int lid = user.create(child -> child.call("___lwp_park50", time(child, 1L << 33, 5), 0, 0, 0));
            user.sleep(1000 * MS);
            assertEquals(TaskState.LSSLEEP, user.lwp().proc().anyLwp(lid).state());
            assertEquals(0, user.unpark(lid, 0));
            assertEquals(0, user.await(lid));
        });
    }

    /** An absolute time is not taken for a relative one, nor the other way round. */
    @ParameterizedTest
    @CsvSource({
        // flags, seconds, least and most seconds that the sleep takes
        "0, 5, 5, 6", "1, 5, 1, 2", "0, 4, 4, 5", "1, 4, 0, 0"
    })
    void absoluteAndRelativeTimes(int flags, long seconds, long least, long most) {
        main("1.84", "narrow", user -> {
            user.sleep(3900 * MS);
            long before = user.lwp().proc().processes().clocks().nanos(MONOTONIC);
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park60", MONOTONIC, flags, time(user, seconds, 0), 0, 0, 0));
            long slept = (user.lwp().proc().processes().clocks().nanos(MONOTONIC) - before) / (1000 * MS);
            assertEquals(true, least <= slept && slept <= most, () -> "slept " + slept);
        });
    }

    @ParameterizedTest
    @CsvSource({"narrow, 4", "small, 8"})
    void pointersAreStoredAsWords(String machine, int bytes) {
        main("1.84", machine, user -> {
            long at = user.scratch() + 512;
            user.store(at + 4, GARBAGE);
            user.store(at + 8, GARBAGE);
            assertEquals(0, user.call("_lwp_ctl", 0, at));
            assertEquals((int) user.lwp().controlAddress(), user.load(at));
            assertEquals(bytes == 4 ? GARBAGE : (int) (user.lwp().controlAddress() >>> 32), user.load(at + 4));
            assertEquals(GARBAGE, user.load(at + 8));
        });
    }
}
