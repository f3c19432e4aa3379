// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import java.util.function.Consumer;
import kernel.sched.task.Task;

/**
 * The entities that compete for one CPU, the running one included, and their weighted average virtual time V.
 *
 * <p>V is kept as a sum of weighted distances from a zero that moves along, so that 64 bits suffice.
 *
 * <p>DEVIATION: a list that is searched stands for the tree ordered by deadline; it finds the same entity.
 */
final class FairQueue {
    private Entity head;
    private Entity tail;
    private Entity current;
    private int count;
    private long zero;
    private long weightSum;
    private long distanceSum;

    /** The running entity, or null. */
    Entity current() {
        return current;
    }

    /** Entities queued, without the running one and the sleeping ones. */
    int count() {
        return count;
    }

    long weightSum() {
        return weightSum;
    }

    /** V, rounded down. */
    long average() {
        return weightSum == 0 ? zero : zero + Math.floorDiv(distanceSum, weightSum);
    }

    /** True when the entity got no more than its share: lag is not negative. */
    boolean eligible(Entity entity) {
        return (entity.virtualNanos - zero) * weightSum <= distanceSum;
    }

    /** Takes an entity into the average. */
    void join(Entity entity) {
        entity.queue = this;
        weightSum += entity.weight;
        distanceSum += entity.weight * (entity.virtualNanos - zero);
    }

    /** Takes an entity that is neither queued nor running out of the average. */
    void leave(Entity entity) {
        entity.queue = null;
        distanceSum -= entity.weight * (entity.virtualNanos - zero);
        weightSum -= entity.weight;
        if (weightSum == 0) {
            zero = Math.max(zero, entity.virtualNanos);
            distanceSum = 0;
        }
    }

    /** The entity ran for a virtual time. */
    void advance(Entity entity, long virtualNanos) {
        entity.virtualNanos += virtualNanos;
        distanceSum += entity.weight * virtualNanos;
    }

    void add(Entity entity) {
        entity.previous = tail;
        entity.next = null;
        if (tail == null) {
            head = entity;
        } else {
            tail.next = entity;
        }
        tail = entity;
        count++;
    }

    void remove(Entity entity) {
        if (entity.previous == null) {
            head = entity.next;
        } else {
            entity.previous.next = entity.next;
        }
        if (entity.next == null) {
            tail = entity.previous;
        } else {
            entity.next.previous = entity.previous;
        }
        entity.previous = null;
        entity.next = null;
        count--;
    }

    /** Queues an entity that sleeps. */
    void delay(Entity entity) {
        add(entity);
        entity.delayed = true;
        count--;
    }

    /** A queued entity does not sleep any more. */
    void wake(Entity entity) {
        entity.delayed = false;
        count++;
    }

    void setCurrent(Entity entity) {
        current = entity;
    }

    /** Best effective priority of those that are queued and awake, at least {@code least}. */
    int bestPriority(int least) {
        int best = least;
        for (Entity entity = head; entity != null; entity = entity.next) {
            best = entity.delayed ? best : Math.max(best, entity.task.effectivePriority());
        }
        return best;
    }

    /** All that are queued and awake, in the order they came. */
    void forEach(Consumer<Task> visitor) {
        for (Entity entity = head; entity != null; entity = entity.next) {
            if (!entity.delayed) {
                visitor.accept(entity.task);
            }
        }
    }

    /** The eligible queued entity with the earliest deadline, the older task at equality; null when none is queued. */
    Entity best() {
        moveZero();
        Entity best = null;
        for (Entity entity = head; entity != null; entity = entity.next) {
            if (eligible(entity) && (best == null || earlier(entity, best))) {
                best = entity;
            }
        }
        return best;
    }

    static boolean earlier(Entity one, Entity other) {
        return one.deadline != other.deadline
                ? one.deadline < other.deadline : one.task.serial() < other.task.serial();
    }

    private void moveZero() {
        long average = average();
        distanceSum -= weightSum * (average - zero);
        zero = average;
    }
}
