// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;
import java.util.Map;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.UserContext;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpLife;
import kernel.lwp.proc.Processes;
import kernel.lwp.proc.Tracing;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.Priority;
import kernel.vm.syscall.Resource;

/** What happens inside the kernel: moments in the middle of calls, sleeps that nothing ends, limits. */
final class KernelDeeds {
    private static final long STEP_NANOS = 1_000_000L;

    private final Stage stage;

    KernelDeeds(Stage stage) {
        this.stage = stage;
    }

    Map<String, Deed> all() {
        return Map.of(
                "trace", (user, arguments) -> processes(user).tracing().trace(user.lwp().proc(),
                        Tracing.TRACED | Tracing.LWP_CREATE | Tracing.LWP_EXIT),
                "embryo", (user, arguments) -> embryo(user, arguments.get(0)),
                "start", (user, arguments) -> start(user, arguments.get(0)),
                "start_in_kernel_after", (user, arguments) -> inKernel(user, arguments,
                        () -> start(user, arguments.get(1))),
                "unpark_in_kernel_after", (user, arguments) -> inKernel(user, arguments, () -> processes(user).parking()
                        .unpark(user.lwp(), stage.actor(arguments.get(1)).lwp().lid(), 0)),
                "sleep_in_kernel", (user, arguments) -> inKernel(user, arguments, () -> { }),
                "exit_in_kernel_after", (user, arguments) -> inKernel(user, arguments,
                        () -> processes(user).lwpLife().exit(user.lwp())),
                "hold_cpu", (user, arguments) -> holdCpu(user, Words.duration(arguments.get(0))),
                "limit_threads", (user, arguments) -> limitThreads(user, Long.parseLong(arguments.get(0))),
                "last_lid", (user, arguments) -> user.lwp().proc().lastLid(Integer.parseInt(arguments.get(0))));
    }

    private static Processes processes(User user) {
        return user.lwp().proc().processes();
    }

    /** Makes an LWP that stays as it is before its creator knows its id. */
    private void embryo(User user, String name) {
        LwpLife life = processes(user).lwpLife();
        Lwp embryo = life.create(user.lwp(), false, user.lwp().signalMask());
        UserContext context = user.startContext(stage.actor(name)::live, 0);
        processes(user).contexts().begin(user.lwp(), embryo, context);
        stage.actor(name).is(embryo);
    }

    private void start(User user, String name) {
        processes(user).lwpLife().start(user.lwp(), stage.actor(name).lwp(), 0);
    }

    /** Sleeps uninterruptibly, as for a disk, does something, and goes back to user mode. */
    private static void inKernel(User user, List<String> arguments, Runnable then) {
        int ticks = (int) (Words.duration(arguments.get(0)) / Dispatcher.TICK_NANOS);
        processes(user).sleep().kpause("test", ticks, false);
        then.run();
        processes(user).userReturn().leaveKernel(user.lwp());
    }

    /** Computes and lets nobody else have the CPU, until it sleeps; schedulers take the priority away again. */
    private static void holdCpu(User user, long nanos) {
        for (long done = 0; done < nanos; done += STEP_NANOS) {
            processes(user).dispatcher().changePriority(user.lwp(), Priority.USER_RT);
            user.compute(STEP_NANOS);
        }
    }

    private static void limitThreads(User user, long most) {
        user.lwp().proc().limits().set(Resource.NTHR, most, most);
    }
}
