// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.List;
import userland.program.User;
import userland.pthread.Pthread;

/** One thread of an rt-app file at work. */
final class RtThread {
    /** What going around a loop costs, so that virtual time passes even when its events do nothing. */
    private static final long LOOP_NANOS = 100;
    /** How often {@code runtime} looks at the clock. */
    private static final long RUNTIME_SLICE_NANOS = 50_000;
    private static final long BUFFER_BYTES = 4L << 20;
    private static final int LINE_BYTES = 64;

    private final User user;
    private final Pthread pthread;
    private final RtTask task;
    private final RtResources resources;
    private final ThreadScheduling scheduling;
    private long nextTimer;
    private long buffer;

    RtThread(User user, RtTask task, RtResources resources, ThreadScheduling scheduling) {
        this.user = user;
        this.pthread = user.pthread();
        this.task = task;
        this.resources = resources;
        this.scheduling = scheduling;
    }

    void run() {
        scheduling.apply(user, task.scheduling());
        if (task.delayNanos() > 0) {
            user.sleepUntil(user.monotonicNanos() + task.delayNanos());
        }
        nextTimer = user.monotonicNanos();
        for (long i = 0; i != task.loop(); i++) {
            user.compute(LOOP_NANOS);
            for (RtPhase phase : task.phases()) {
                run(phase);
            }
        }
    }

    private void run(RtPhase phase) {
        scheduling.apply(user, phase.scheduling());
        List<RtEvent> events = phase.events();
        for (long i = 0; i != phase.loop(); i++) {
            user.compute(LOOP_NANOS);
            for (int k = 0; k < events.size(); k++) {
                run(events.get(k));
            }
        }
    }

    private void run(RtEvent event) {
        switch (event) {
            case RtEvent.Run run -> user.compute(run.nanos());
            case RtEvent.Runtime runtime -> computeUntil(user.monotonicNanos() + runtime.nanos());
            case RtEvent.Sleep sleep -> user.sleepUntil(user.monotonicNanos() + sleep.nanos());
            case RtEvent.Timer timer -> await(timer);
            case RtEvent.Lock lock -> pthread.mutexes().lock(user, resources.mutex(lock.mutex()));
            case RtEvent.Unlock unlock -> pthread.mutexes().unlock(user, resources.mutex(unlock.mutex()));
            case RtEvent.Wait wait -> pthread.conditions().await(user, resources.condition(wait.condition()),
                    resources.mutex(wait.mutex()));
            case RtEvent.Signal signal -> pthread.conditions().signal(user, resources.condition(signal.condition()));
            case RtEvent.Broadcast all -> pthread.conditions().broadcast(user, resources.condition(all.condition()));
            case RtEvent.Sync sync -> {
                pthread.conditions().signal(user, resources.condition(sync.condition()));
                pthread.conditions().await(user, resources.condition(sync.condition()), resources.mutex(sync.mutex()));
            }
            case RtEvent.Barrier barrier -> pthread.barriers().await(user, resources.barrier(barrier.name()));
            case RtEvent.Suspend suspend -> suspend(resources.suspension(suspend.name()));
            case RtEvent.Resume resume -> resume(resources.suspension(resume.name()));
            case RtEvent.Yield unused -> user.yield();
            case RtEvent.Memory memory -> write(memory.bytes());
            case RtEvent.SemaphorePost post -> post(resources.semaphore(post.name()));
            case RtEvent.SemaphoreWait wait -> take(resources.semaphore(wait.name()));
        }
    }

    private void computeUntil(long end) {
        for (long now = user.monotonicNanos(); now < end; now = user.monotonicNanos()) {
            user.compute(Math.min(RUNTIME_SLICE_NANOS, end - now));
        }
    }

    /** The first period counts from the start of the thread, or from the first use of a shared timer. */
    private void await(RtEvent.Timer timer) {
        long next = timer.name() == null ? nextTimer + timer.periodNanos()
                : advance(resources.timer(timer.name()), timer.periodNanos());
        long now = user.monotonicNanos();
        if (now < next) {
            user.sleepUntil(next);
        } else if (!timer.absolute()) {
            next = now;
        }
        if (timer.name() == null) {
            nextTimer = next;
        } else {
            user.store64(resources.timer(timer.name()), next);
        }
    }

    private long advance(long timer, long period) {
        while (true) {
            long last = user.load64(timer);
            long next = (last == 0 ? nextTimer : last) + period;
            if (user.cas64(timer, last, next)) {
                return next;
            }
        }
    }

    /**
     * DEVIATION: rt-app forgets a resume that finds nobody suspended. Here one is kept, like the pending bit
     * of unpark, because threads that really run at the same time would otherwise stop for ever.
     */
    private void suspend(long gate) {
        long condition = gate + RtResources.GATE_CONDITION;
        pthread.mutexes().lock(user, gate);
        if (user.load32(gate + RtResources.GATE_COUNT) > 0) {
            user.store32(gate + RtResources.GATE_COUNT, 0);
        } else {
            int generation = user.load32(gate + RtResources.GATE_GENERATION);
            user.fetchAdd32(gate + RtResources.GATE_WAITING, 1);
            while (user.load32(gate + RtResources.GATE_GENERATION) == generation) {
                pthread.conditions().await(user, condition, gate);
            }
        }
        pthread.mutexes().unlock(user, gate);
    }

    private void resume(long gate) {
        pthread.mutexes().lock(user, gate);
        if (user.load32(gate + RtResources.GATE_WAITING) == 0) {
            user.store32(gate + RtResources.GATE_COUNT, 1);
        }
        user.store32(gate + RtResources.GATE_WAITING, 0);
        user.fetchAdd32(gate + RtResources.GATE_GENERATION, 1);
        pthread.conditions().broadcast(user, gate + RtResources.GATE_CONDITION);
        pthread.mutexes().unlock(user, gate);
    }

    private void post(long gate) {
        pthread.mutexes().lock(user, gate);
        user.fetchAdd32(gate + RtResources.GATE_COUNT, 1);
        pthread.conditions().signal(user, gate + RtResources.GATE_CONDITION);
        pthread.mutexes().unlock(user, gate);
    }

    private void take(long gate) {
        pthread.mutexes().lock(user, gate);
        while (user.load32(gate + RtResources.GATE_COUNT) == 0) {
            pthread.conditions().await(user, gate + RtResources.GATE_CONDITION, gate);
        }
        user.fetchAdd32(gate + RtResources.GATE_COUNT, -1);
        pthread.mutexes().unlock(user, gate);
    }

    private void write(long bytes) {
        if (buffer == 0) {
            buffer = user.allocate(BUFFER_BYTES);
        }
        for (long at = 0; at < bytes; at += LINE_BYTES) {
            user.store64(buffer + at % BUFFER_BYTES, at);
        }
    }
}
