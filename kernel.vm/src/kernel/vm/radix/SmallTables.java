// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.Arrays;
import kernel.vm.pmap.PmapHost;
import machine.core.memory.PhysicalMemory;

/**
 * Tables smaller than a page, several to a page (the L2 pool of NetBSD's arm32 pmap).
 *
 * <p>A page is taken when none has room and given back when its last table goes.
 */
final class SmallTables {
    private final PmapHost host;
    private final int slotBytes;
    private final int fullMask;
    private byte[] used = new byte[64];
    private long[] withRoom = new long[8];
    private int roomCount;

    /**
     * Tables of one size.
     *
     * @param slotBytes what each takes: a power of two from 1 KiB to half a page
     */
    SmallTables(PmapHost host, int slotBytes) {
        this.host = host;
        this.slotBytes = slotBytes;
        fullMask = (1 << PhysicalMemory.PAGE_SIZE / slotBytes) - 1;
    }

    /** Whether the next table takes a new page. */
    boolean isFull() {
        return roomCount == 0;
    }

    /** A zeroed table, or {@link TableStore#NONE}. */
    long allocate() {
        if (roomCount == 0 && !addPage()) {
            return TableStore.NONE;
        }
        long page = withRoom[roomCount - 1];
        int frame = frame(page);
        int slot = Integer.numberOfTrailingZeros(~used[frame]);
        used[frame] |= (byte) (1 << slot);
        if (used[frame] == fullMask) {
            roomCount--;
        }
        long table = page + (long) slot * slotBytes;
        host.memory().zero(table, slotBytes);
        return table;
    }

    private boolean addPage() {
        long page = host.allocateTable(1);
        if (page == TableStore.NONE) {
            return false;
        }
        if (frame(page) >= used.length) {
            used = Arrays.copyOf(used, Math.max(frame(page) + 1, used.length * 2));
        }
        used[frame(page)] = 0;
        addRoom(page);
        return true;
    }

    private void addRoom(long page) {
        if (roomCount == withRoom.length) {
            withRoom = Arrays.copyOf(withRoom, roomCount * 2);
        }
        withRoom[roomCount++] = page;
    }

    /** Gives a table back; returns whether its page went with it. */
    boolean free(long table) {
        long page = table & -PhysicalMemory.PAGE_SIZE;
        int frame = frame(page);
        if (used[frame] == fullMask) {
            addRoom(page);
        }
        used[frame] &= (byte) ~(1 << (int) (table - page) / slotBytes);
        if (used[frame] != 0) {
            return false;
        }
        dropRoom(page);
        host.freeTable(page, 1);
        return true;
    }

    private void dropRoom(long page) {
        int at = 0;
        while (withRoom[at] != page) {
            at++;
        }
        roomCount--;
        System.arraycopy(withRoom, at + 1, withRoom, at, roomCount - at);
    }

    private static int frame(long address) {
        return (int) (address >>> PhysicalMemory.PAGE_SHIFT);
    }
}
