// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.Arrays;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The id space of processes, and of LWPs in revisions where those share it.
 *
 * <p>Models pid_table of kern_proc.c 1.263: an id is a use count above a slot number; free slots form a FIFO, so
 * an id comes back as late as possible; the table doubles when too few slots are free. The first id is 1.
 *
 * <p>DEVIATION: slots freed by a doubling join the FIFO in slot order after those already free; the original
 * interleaves them. Ids stay deterministic.
 */
@ProviderType
public final class IdTable {
    private static final int INITIAL_SLOTS = 32;
    private static final int MIN_LIMIT = 30_000;
    private static final int MAX_SLOTS = 1 << 29;
    private static final int NONE = -1;

    /** Slot to id in use, or the use-count part of the last one, stored as its complement. */
    private int[] ids = new int[INITIAL_SLOTS];
    private int[] next = new int[INITIAL_SLOTS];
    private int head = NONE;
    private int tail = NONE;
    private int used;

    /** A table with no id in use. */
    public IdTable() {
        ids[0] = 0;
        used = 1;
        for (int slot = 1; slot < INITIAL_SLOTS; slot++) {
            ids[slot] = ~firstUse();
            append(slot);
        }
    }

    /**
     * Takes the next id.
     *
     * @return the id, or 0 when the space is used up
     */
    public int allocate() {
        if (used >= ids.length - 1 && !grow()) {
            return 0;
        }
        int slot = head;
        head = next[slot];
        if (head == NONE) {
            tail = NONE;
        }
        int id = ~ids[slot] + ids.length + slot;
        if (id < 0 || id > Math.max(MIN_LIMIT, ids.length)) {
            id = slot;
        }
        ids[slot] = id;
        used++;
        return id;
    }

    /** Gives an id back. */
    public void free(int id) {
        int slot = id & (ids.length - 1);
        if (id <= 0 || ids[slot] != id) {
            throw new IllegalArgumentException("id " + id + " is not in use");
        }
        ids[slot] = ~(id & -ids.length);
        append(slot);
        used--;
    }

    /** Whether an id is taken. */
    public boolean inUse(int id) {
        return id >= 0 && ids[id & (ids.length - 1)] == id;
    }

    /** How many ids are taken, the reserved 0 included. */
    public int used() {
        return used;
    }

    /** A use count above every limit, so that the first use of a slot drops it. */
    private static int firstUse() {
        return 1 << 30;
    }

    private void append(int slot) {
        next[slot] = NONE;
        if (tail == NONE) {
            head = slot;
        } else {
            next[tail] = slot;
        }
        tail = slot;
    }

    private boolean grow() {
        int old = ids.length;
        if (old >= MAX_SLOTS) {
            return false;
        }
        ids = Arrays.copyOf(ids, old * 2);
        next = Arrays.copyOf(next, old * 2);
        Arrays.fill(ids, old, old * 2, ~firstUse());
        for (int slot = 0; slot < old; slot++) {
            int id = ids[slot];
            if (id >= 0 && (id & old) != 0) {
                ids[slot + old] = id;
                ids[slot] = ~firstUse();
            }
        }
        rebuildFree(old);
        return true;
    }

    private void rebuildFree(int old) {
        int chain = head;
        head = NONE;
        tail = NONE;
        while (chain != NONE) {
            int following = next[chain];
            ids[chain] = ~(~ids[chain] & -ids.length);
            append(chain);
            chain = following;
        }
        for (int slot = 0; slot < ids.length; slot++) {
            boolean moved = slot < old && ids[slot + old] >= 0;
            if (ids[slot] < 0 && (slot >= old || moved)) {
                append(slot);
            }
        }
    }
}
