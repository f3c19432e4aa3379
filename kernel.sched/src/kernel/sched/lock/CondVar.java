// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.sleep.Sleep;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Simulated condition variable, after kern_condvar.c 1.54 and its 2009 ancestor.
 *
 * <p>Waiting needs the interlock, which is released while asleep and held again on return. Waiters are in priority
 * order. Signalling needs the interlock too.
 */
@ProviderType
public final class CondVar {
    private final Dispatcher dispatcher;
    private final Sleep sleep;
    private final SleepQueue queue;
    private final long address;
    private final String name;

    /** Makes a condition variable; {@code name} is the wait message. */
    public CondVar(Sleep sleep, String name) {
        this.dispatcher = sleep.dispatcher();
        this.sleep = sleep;
        this.name = name;
        this.address = dispatcher.newAddress();
        this.queue = new SleepQueue(dispatcher, new SpinMutex(dispatcher, name));
    }

    /** Waits; signals do not end it (cv_wait). */
    public void await(Mutex interlock) {
        sleepOn(interlock, 0, false);
    }

    /** Waits; 0, EINTR or ERESTART (cv_wait_sig). */
    public int awaitSig(Mutex interlock) {
        return sleepOn(interlock, 0, true);
    }

    /** Waits at most {@code ticks} ticks, 0 for no limit; 0 or EWOULDBLOCK (cv_timedwait). */
    public int timedAwait(Mutex interlock, int ticks) {
        return sleepOn(interlock, ticks, false);
    }

    /** Waits at most {@code ticks} ticks, 0 for no limit; 0, EWOULDBLOCK, EINTR or ERESTART (cv_timedwait_sig). */
    public int timedAwaitSig(Mutex interlock, int ticks) {
        return sleepOn(interlock, ticks, true);
    }

    /**
     * Wakes the best waiter (cv_signal).
     *
     * <p>From 2020 on, an interruptible waiter may be on its way out because of a signal, so waking goes on until
     * one that is not interruptible was woken.
     */
    public void signal() {
        if (queue.isEmpty()) {
            return;
        }
        queue.lock().enter();
        boolean more = true;
        while (more && !queue.isEmpty()) {
            Task waiter = queue.head();
            more = dispatcher.generation() != Generation.V2009 && waiter.interruptible();
            waiter.setSignalled(true);
            sleep.wake(waiter);
        }
        queue.lock().exit();
    }

    /** Wakes all waiters, best first (cv_broadcast). */
    public void broadcast() {
        if (queue.isEmpty()) {
            return;
        }
        queue.lock().enter();
        sleep.wake(queue, address, Sleep.ALL);
        queue.lock().exit();
    }

    /** True when somebody waits. */
    public boolean hasWaiters() {
        return !queue.isEmpty();
    }

    /** The waiters. */
    public SleepQueue queue() {
        return queue;
    }

    private int sleepOn(Mutex interlock, int ticks, boolean catchSignals) {
        queue.lock().enter();
        Task self = dispatcher.currentTask();
        self.setKernelPriority(true);
        self.setSignalled(false);
        sleep.enqueue(queue, address, name, SyncObject.CV, catchSignals);
        interlock.exit();
        int error = sleep.block(ticks, catchSignals);
        interlock.enter();
        if (error != 0 && self.signalled() && dispatcher.generation() == Generation.V2009) {
            signal();
        }
        return error;
    }
}
