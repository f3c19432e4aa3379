// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** _lwp_setname, _lwp_getname, _lwp_setprivate, _lwp_getprivate. */
class NameTest {
    private static final long BAD = 0xdead_0000L;

    private static void main(String lwp, java.util.function.Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(main);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aNameIsCutToFifteenCharacters(String lwp) {
        main(lwp, user -> {
            assertNull(user.lwp().name());
            assertEquals(0, user.call("_lwp_setname", 0, user.string(0, "worker")));
            assertEquals("worker", user.lwp().name());
            assertEquals(0, user.call("_lwp_setname", user.lwp().lid(), user.string(0, "0123456789abcdefXYZ")));
            assertEquals("0123456789abcde", user.lwp().name());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void setnameLooksAtTheStringFirst(String lwp) {
        main(lwp, user -> {
            assertEquals(Errno.EFAULT, user.call("_lwp_setname", 99, BAD));
            assertEquals(Errno.ESRCH, user.call("_lwp_setname", 99, user.string(0, "x")));
        });
    }

    @ParameterizedTest
    @CsvSource({
        // revision, length, errno, bytes that arrive
        "1.47, 16, 0, 7", "1.76.2.1, 16, 0, 7", "1.84, 16, 0, 7",
        "1.47, 7, 0, 7", "1.76.2.1, 7, 0, 7", "1.84, 7, 0, 7",
        "1.47, 3, 63, 3", "1.76.2.1, 3, 63, 3", "1.84, 3, 63, 3",
        "1.47, 0, 63, 0", "1.76.2.1, 0, 63, 0", "1.84, 0, 63, 0",
        "1.47, -1, 0, 7", "1.76.2.1, -1, 0, 7", "1.84, -1, 0, 7"
    })
    void getnameCopiesWhatFits(String lwp, long length, int errno, int copied) {
        main(lwp, user -> {
            user.call("_lwp_setname", 0, user.string(0, "worker"));
            long at = user.scratch() + 512;
            for (int i = 0; i < 16; i++) {
                user.lwp().trap().store(user.lwp(), at + i, 1, '#');
            }
            assertEquals(errno, user.call("_lwp_getname", 0, at, length));
            StringBuilder seen = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                seen.append((char) user.lwp().trap().load(user.lwp(), at + i, 1));
            }
            assertEquals(("worker\0").substring(0, copied) + "########".substring(copied), seen.toString());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void getnameErrors(String lwp) {
        main(lwp, user -> {
            assertEquals(Errno.ESRCH, user.call("_lwp_getname", 99, BAD, 16));
            assertEquals(Errno.EFAULT, user.call("_lwp_getname", 0, BAD, 16));
            long at = user.scratch();
            user.store(at, 0x23232323);
            assertEquals(0, user.call("_lwp_getname", 0, at, 16));
            assertEquals(0x23232300, user.load(at));
        });
    }

    @ParameterizedTest
    @CsvSource({"1.47, 0", "1.76.2.1, 22", "1.84, 22"})
    void aRejectedPrivatePointerIsKept(String lwp, int errno) {
        main(lwp, user -> {
            assertEquals(0, user.value("_lwp_getprivate"));
            assertEquals(0, user.call("_lwp_setprivate", 0x5000));
            assertEquals(0x5000, user.value("_lwp_getprivate"));
            assertEquals(0x5000, user.lwp().registers().tls);
            assertEquals(errno, user.call("_lwp_setprivate", -1));
            assertEquals(-1, user.value("_lwp_getprivate"));
            assertEquals(0x5000, user.lwp().registers().tls);
        });
    }
}
