// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.core.process.LwpUser;
import userland.program.User;
import userland.program.UserFunction;

/**
 * The case of t_swapcontext, as far as it can be: a thread goes on in a function on another stack, and from there on
 * in a third one; it stays the same thread. It cannot come back into the middle of a function.
 */
class ContextTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long STACK_BYTES = 16 * 1024;

    /** makecontext: unlike _lwp_makecontext it leaves the thread pointer alone. */
    private static void makecontext(User user, long context, UserFunction function, long argument, long stack) {
        user.makeContext(context, function, argument, stack, STACK_BYTES);
        UserContextCodec codec = ((LwpUser) user).lwp().proc().processes().codec();
        byte[] bytes = new byte[codec.size()];
        user.read(context, bytes, 0, bytes.length);
        UserContext made = new UserContext();
        codec.load(bytes, made);
        made.flags &= ~UserContext.UC_TLSBASE;
        codec.store(made, bytes);
        user.write(context, bytes, 0, bytes.length);
    }

    private static void onItsStack(User user, long stack) {
        long sp = ((LwpUser) user).lwp().registers().sp;
        assertTrue(sp > stack && sp <= stack + STACK_BYTES, () -> "sp " + Long.toHexString(sp));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void swapcontext1(Setting setting) {
        setting.always(user -> {
            long stacks = user.allocate(2 * STACK_BYTES);
            long away = user.allocate(user.contextBytes());
            long back = user.allocate(user.contextBytes());
            long selves = user.allocate(32);
            Crew crew = Crew.start(user, 1, (thread, index) -> {
                thread.store64(selves, thread.pthread().threads().self(thread));
                makecontext(thread, back, (own, argument) -> {
                    onItsStack(own, stacks + STACK_BYTES);
                    own.store64(selves + 16, own.pthread().threads().self(own));
                    own.pthread().threads().exit(own, argument);
                }, 78, stacks + STACK_BYTES);
                makecontext(thread, away, (own, argument) -> {
                    onItsStack(own, stacks);
                    own.store64(selves + 8, own.pthread().threads().self(own));
                    own.setcontext(back);
                    own.store64(selves + 24, argument);
                }, 77, stacks);
                thread.setcontext(away);
                thread.store64(selves + 24, 1);
            });
            long value = user.allocate(8);
            assertEquals(0, user.pthread().threads().join(user, crew.thread(0), value));
            assertEquals(78, user.load64(value));
            assertEquals(0, user.load64(selves + 24), "setcontext does not return");
            for (int i = 0; i < 3; i++) {
                assertEquals(crew.thread(0), user.load64(selves + 8L * i), "pthread_self, place " + i);
            }
        });
    }
}
