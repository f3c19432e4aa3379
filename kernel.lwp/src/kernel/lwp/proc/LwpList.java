// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

/**
 * The LWPs of one process, newest first, with an index by id.
 *
 * <p>The list is p_lwps. The index answers what the originals find by walking the list (1.47) or through the
 * pid table (1.84); ids are unique in a process, so the answer is the same.
 */
final class LwpList {
    private static final int SMALL = 8;

    private Lwp head;
    private Lwp[] buckets = new Lwp[SMALL];
    private int size;

    Lwp head() {
        return head;
    }

    int size() {
        return size;
    }

    /** The LWP with that id in whatever state, or null. */
    Lwp find(int lid) {
        for (Lwp l = buckets[lid & (buckets.length - 1)]; l != null; l = l.indexNext) {
            if (l.lid() == lid) {
                return l;
            }
        }
        return null;
    }

    void add(Lwp l) {
        l.next = head;
        if (head != null) {
            head.previous = l;
        }
        head = l;
        if (++size > buckets.length) {
            grow();
        }
        index(buckets, l);
    }

    void remove(Lwp l) {
        if (l.previous == null) {
            head = l.next;
        } else {
            l.previous.next = l.next;
        }
        if (l.next != null) {
            l.next.previous = l.previous;
        }
        l.next = null;
        l.previous = null;
        unindex(l);
        size--;
    }

    private void unindex(Lwp l) {
        int at = l.lid() & (buckets.length - 1);
        if (buckets[at] == l) {
            buckets[at] = l.indexNext;
        } else {
            Lwp before = buckets[at];
            while (before.indexNext != l) {
                before = before.indexNext;
            }
            before.indexNext = l.indexNext;
        }
        l.indexNext = null;
    }

    private void grow() {
        Lwp[] larger = new Lwp[buckets.length * 2];
        for (Lwp chain : buckets) {
            Lwp l = chain;
            while (l != null) {
                Lwp following = l.indexNext;
                index(larger, l);
                l = following;
            }
        }
        buckets = larger;
    }

    private static void index(Lwp[] table, Lwp l) {
        int at = l.lid() & (table.length - 1);
        l.indexNext = table[at];
        table[at] = l;
    }
}
