// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.Arrays;

/** Armed timers in their total order: an intrusive binary heap. */
final class TimerHeap {

    private Timer[] heap = new Timer[64];
    private int size;

    /** Deadline of the first timer, or {@code Long.MAX_VALUE}. */
    long firstDeadlineNanos() {
        return size == 0 ? Long.MAX_VALUE : heap[0].deadlineNanos;
    }

    void add(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        siftUp(timer, size++);
    }

    Timer removeFirst() {
        Timer first = heap[0];
        remove(first);
        return first;
    }

    void remove(Timer timer) {
        int hole = timer.position;
        Timer last = heap[--size];
        heap[size] = null;
        timer.position = Timer.IDLE;
        if (last != timer) {
            siftDown(last, hole);
            siftUp(last, last.position);
        }
    }

    private void siftUp(Timer timer, int from) {
        int at = from;
        while (at > 0) {
            Timer parent = heap[at - 1 >> 1];
            if (!timer.before(parent)) {
                break;
            }
            place(parent, at);
            at = at - 1 >> 1;
        }
        place(timer, at);
    }

    private void siftDown(Timer timer, int from) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1].before(heap[child])) {
                child++;
            }
            if (!heap[child].before(timer)) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(timer, at);
    }

    private void place(Timer timer, int at) {
        heap[at] = timer;
        timer.position = at;
    }
}
