// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.errno.Errno;
import userland.program.Program;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;

/** An rt-app file as a program: one process, one thread per instance of a task. */
public final class RtProgram implements Program {
    private static final int DONE_CONDITION = Mutexes.BYTES;
    private static final int DONE_LEFT = DONE_CONDITION + Conditions.BYTES;
    private static final int DONE_BYTES = DONE_LEFT + 16;

    private final RtFile file;
    private final ThreadScheduling scheduling;

    /** @param scheduling how threads get their policy, priority and CPUs */
    public RtProgram(RtFile file, ThreadScheduling scheduling) {
        this.file = file;
        this.scheduling = scheduling;
    }

    @Override
    public String name() {
        return "rt-app";
    }

    @Override
    public String description() {
        return "runs the rt-app file " + file.name();
    }

    /** Runs until all tasks ended or {@code global.duration} is over, as rt-app does: then the process exits. */
    @Override
    public int main(User user, String[] args) {
        RtResources resources = new RtResources(user, file);
        long done = user.allocate(DONE_BYTES);
        user.store32(done + DONE_LEFT, file.threads());
        List<Long> started = new ArrayList<>();
        for (RtTask task : file.tasks()) {
            for (int i = 0; i < task.instances(); i++) {
                long thread = user.pthread().threads().create(user,
                        (own, instance) -> runThread(own, task, instance, resources, done), i);
                if (thread < 0) {
                    user.print("cannot start " + task.name() + ": " + Errno.name((int) -thread));
                    return 1;
                }
                started.add(thread);
            }
        }
        if (awaitAll(user, done)) {
            started.forEach(thread -> user.pthread().threads().join(user, thread));
        }
        return 0;
    }

    private void runThread(User user, RtTask task, long instance, RtResources resources, long done) {
        user.lwpSetName(task.instances() == 1 ? task.name() : task.name() + "-" + instance);
        new RtThread(user, task, resources, scheduling).run();
        user.pthread().mutexes().lock(user, done);
        user.fetchAdd32(done + DONE_LEFT, -1);
        user.pthread().conditions().signal(user, done + DONE_CONDITION);
        user.pthread().mutexes().unlock(user, done);
    }

    /** Whether all ended in time. */
    private boolean awaitAll(User user, long done) {
        long end = file.durationNanos() < 0 ? User.FOREVER : user.realtimeNanos() + file.durationNanos();
        user.pthread().mutexes().lock(user, done);
        int error = 0;
        while (error == 0 && user.load32(done + DONE_LEFT) > 0) {
            error = user.pthread().conditions().awaitUntil(user, done + DONE_CONDITION, done, end);
        }
        boolean all = user.load32(done + DONE_LEFT) == 0;
        user.pthread().mutexes().unlock(user, done);
        return all;
    }
}
