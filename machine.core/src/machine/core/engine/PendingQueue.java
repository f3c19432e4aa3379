// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/** Interrupts that are due on one CPU and not taken yet, in the order they are taken: an intrusive list. */
final class PendingQueue {

    private Timer first;
    private Timer last;

    boolean isEmpty() {
        return first == null;
    }

    void add(Timer timer) {
        timer.position = Timer.PENDING;
        timer.previous = last;
        timer.next = null;
        if (last == null) {
            first = timer;
        } else {
            last.next = timer;
        }
        last = timer;
    }

    Timer removeFirst() {
        Timer timer = first;
        remove(timer);
        return timer;
    }

    void remove(Timer timer) {
        if (timer.previous == null) {
            first = timer.next;
        } else {
            timer.previous.next = timer.next;
        }
        if (timer.next == null) {
            last = timer.previous;
        } else {
            timer.next.previous = timer.previous;
        }
        timer.previous = null;
        timer.next = null;
        timer.position = Timer.IDLE;
    }
}
