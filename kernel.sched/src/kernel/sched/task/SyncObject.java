// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Kind of thing a task waits for; decides its place in a sleep queue and who may wake it early.
 *
 * <p>Models {@code struct syncobj} and its instances. A task that is running or runnable has {@link #SCHED}.
 */
@ProviderType
public final class SyncObject {
    /** Where a task goes in the queue. */
    public enum Order {
        /** By effective priority, first come first served among equals. */
        SORTED,
        /** At the tail. */
        FIFO,
        /** At the head. */
        LIFO,
        /** In no queue at all. */
        NULL,
        /** No flag given: tail in the 2009 generation, head from 2020 on. */
        DEFAULT
    }

    /** Running or runnable. */
    public static final SyncObject SCHED = new SyncObject("sched", Order.SORTED, false, false);
    /** tsleep and other waits on a channel. */
    public static final SyncObject SLEEP = new SyncObject("sleep", Order.SORTED, true, false);
    /** Condition variables. */
    public static final SyncObject CV = new SyncObject("cv", Order.SORTED, true, false);
    /** Adaptive mutexes. */
    public static final SyncObject MUTEX = new SyncObject("mutex", Order.SORTED, false, true);
    /** Reader-writer locks. */
    public static final SyncObject RWLOCK = new SyncObject("rwlock", Order.SORTED, false, true);
    /** kpause. */
    public static final SyncObject KPAUSE = new SyncObject("kpause", Order.NULL, true, false);

    private final String name;
    private final Order order;
    private final boolean unsleepable;
    private final boolean turnstile;

    /**
     * Makes a kind of object.
     *
     * @param unsleepable whether a sleeper may be taken out before the event it waits for
     * @param turnstile whether waiting raises the priority of the owner
     */
    public SyncObject(String name, Order order, boolean unsleepable, boolean turnstile) {
        this.name = name;
        this.order = order;
        this.unsleepable = unsleepable;
        this.turnstile = turnstile;
    }

    /** Name for people, for example {@code lwp_park}. */
    public String name() {
        return name;
    }

    /** Insertion rule. */
    public Order order() {
        return order;
    }

    /** False when taking a sleeper out early breaks a kernel rule. */
    public boolean unsleepable() {
        return unsleepable;
    }

    /** True when waiting lends priority to an owner. */
    public boolean turnstile() {
        return turnstile;
    }

    @Override
    public String toString() {
        return name;
    }
}
