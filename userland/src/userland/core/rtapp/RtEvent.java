// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

/** One step of an rt-app phase; times in nanoseconds. */
public sealed interface RtEvent {
    /** Compute for that much CPU time. */
    record Run(long nanos) implements RtEvent {
    }

    /** Compute until that much time has passed, on a CPU or not. */
    record Runtime(long nanos) implements RtEvent {
    }

    /** Sleep. */
    record Sleep(long nanos) implements RtEvent {
    }

    /**
     * Sleep until the timer's next period.
     *
     * @param name name of a timer that tasks share, or null for one of each thread
     * @param absolute keep the grid when late; otherwise the next period counts from now
     */
    record Timer(String name, long periodNanos, boolean absolute) implements RtEvent {
    }

    /** Lock a mutex. */
    record Lock(String mutex) implements RtEvent {
    }

    /** Unlock a mutex. */
    record Unlock(String mutex) implements RtEvent {
    }

    /** Wait on a condition with a mutex held. */
    record Wait(String condition, String mutex) implements RtEvent {
    }

    /** Signal a condition. */
    record Signal(String condition) implements RtEvent {
    }

    /** Wake everybody on a condition. */
    record Broadcast(String condition) implements RtEvent {
    }

    /** Signal a condition, then wait on it. */
    record Sync(String condition, String mutex) implements RtEvent {
    }

    /** Wait until every thread that uses the barrier has come. */
    record Barrier(String name) implements RtEvent {
    }

    /** Wait until somebody resumes that name. */
    record Suspend(String name) implements RtEvent {
    }

    /** Wake who is suspended under that name. */
    record Resume(String name) implements RtEvent {
    }

    /** Let others run. */
    record Yield() implements RtEvent {
    }

    /** Write that many bytes of memory, once around the thread's buffer. */
    record Memory(long bytes) implements RtEvent {
    }

    /** Add one to a semaphore. */
    record SemaphorePost(String name) implements RtEvent {
    }

    /** Take one from a semaphore. */
    record SemaphoreWait(String name) implements RtEvent {
    }
}
