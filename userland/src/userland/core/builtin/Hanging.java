// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.signal.Signal;
import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Semaphores;

/**
 * Programs that never end on the originals, each in another way, to see how that is told.
 *
 * <p>Those that are the fault of a defect end with status 0 when its quirk is off.
 */
@Component
public final class Hanging implements Program {
    private static final long MILLISECOND = 1_000_000;
    private static final long STACK_BYTES = 8_192;

    private final Map<String, UserFunction> kinds = new TreeMap<>(Map.of(
            "circle", Hanging::circle,
            "killed", Hanging::killed,
            "lost", Hanging::lost,
            "semaphores", Hanging::semaphores,
            "suspend-self", Hanging::suspendSelf,
            "suspend-twice", Hanging::suspendTwice));

    @Override
    public String name() {
        return "hang";
    }

    @Override
    public String description() {
        return "hangs, as programs did on the originals: hang " + String.join("|", kinds.keySet());
    }

    @Override
    public int main(User user, String[] args) {
        UserFunction kind = args.length == 1 ? kinds.get(args[0]) : null;
        if (kind == null) {
            throw new IllegalArgumentException("say how: " + String.join(", ", kinds.keySet()));
        }
        user.lwpSetName("main");
        kind.call(user, 0);
        return 0;
    }

    /** Three wait for each other, and a fourth is alive: nobody is told (L16). */
    private static void circle(User user, long unused) {
        long lids = user.allocate(16);
        int main = user.lid();
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            start(user, "waiter " + i, 0, (own, argument) -> {
                sleep(own, 10 * MILLISECOND);
                own.lwpWait(own.load32(lids + 4L * next), 0);
                own.lwpUnpark(main, 0);
            }, lids + 4L * i);
        }
        user.park(User.FOREVER, 0);
    }

    /** The second suspension waits for what has been the case before (L5). */
    private static void suspendTwice(User user, long unused) {
        int other = start(user, "other", 0, (own, argument) -> own.park(User.FOREVER, 0), 0);
        sleep(user, 10 * MILLISECOND);
        user.syscall("_lwp_suspend", other);
        user.syscall("_lwp_suspend", other);
    }

    /** It sleeps in the call instead of being suspended, so that a continue comes to nothing (L6). */
    private static void suspendSelf(User user, long unused) {
        int main = user.lid();
        start(user, "other", 0, (own, argument) -> {
            sleep(own, 50 * MILLISECOND);
            own.syscall("_lwp_continue", main);
            own.park(User.FOREVER, 0);
        }, 0);
        user.syscall("_lwp_suspend", main);
    }

    /** SIGKILL for a process of which the only LWP is suspended (L22). */
    private static void killed(User user, long unused) {
        int child = user.fork((own, argument) -> {
            start(own, "suspended", LwpFlag.LWP_SUSPENDED, (other, nothing) -> other.compute(MILLISECOND), 0);
            sleep(own, 10 * MILLISECOND);
            own.lwpExit();
        });
        sleep(user, 50 * MILLISECOND);
        user.kill(child, Signal.SIGKILL);
        user.waitChild(child, 0);
    }

    /** Two threads wait for what the other one does afterwards: no defect, but a mistake. */
    private static void semaphores(User user, long unused) {
        long first = user.allocate(2L * Semaphores.BYTES);
        Semaphores semaphores = user.pthread().semaphores();
        semaphores.init(user, first, 0);
        semaphores.init(user, first + Semaphores.BYTES, 0);
        Team.run(user, 2, (own, index) -> {
            own.lwpSetName("thread " + index);
            semaphores.await(own, first + index * Semaphores.BYTES);
            semaphores.post(own, first + (1 - index) * Semaphores.BYTES);
        });
    }

    /** Nobody is there to unpark it: a wake-up that came too early, and whose mark an earlier park has taken. */
    private static void lost(User user, long unused) {
        user.lwpUnpark(user.lid(), 0);
        user.park(User.FOREVER, 0);
        user.park(User.FOREVER, 0);
    }

    private static void sleep(User user, long nanos) {
        user.sleepUntil(user.monotonicNanos() + nanos);
    }

    /** Starts an LWP with a name; its id is stored, too, unless that is at 0. */
    private static int start(User user, String name, long flags, UserFunction body, long lid) {
        long context = user.allocate(user.contextBytes());
        long place = lid == 0 ? user.allocate(4) : lid;
        user.makeContext(context, (own, argument) -> {
            own.lwpSetName(name);
            body.call(own, argument);
        }, 0, user.allocate(STACK_BYTES), STACK_BYTES);
        if (user.lwpCreate(context, flags, place) != 0) {
            throw new IllegalArgumentException("no LWP could be made");
        }
        return user.load32(place);
    }
}
