// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The address space of a process of the log, as its kernel laid it out: which area is where.
 *
 * <p>Addresses of the log are looked up here while the plan is made, in the order of the log; the plan
 * itself speaks of areas only, because the replay's kernel puts them elsewhere.
 */
final class LogSpace {
    private static final long PAGE = 4096;

    private final TreeMap<Long, Piece> pieces = new TreeMap<>(Long::compareUnsigned);
    private final ProcessPlan process;

    LogSpace(ProcessPlan process) {
        this.process = process;
    }

    /** A copy for a forked process; its areas keep their numbers. */
    LogSpace(ProcessPlan process, LogSpace parent) {
        this.process = process;
        pieces.putAll(parent.pieces);
        process.areas = parent.process.areas;
    }

    static long pages(long bytes) {
        return (bytes + PAGE - 1) & -PAGE;
    }

    /** A new area at an address; what was there is forgotten. */
    Area map(long address, long bytes) {
        long size = pages(bytes);
        remove(address, size);
        Area area = new Area(process.areas++, size);
        pieces.put(address, new Piece(area, 0, size));
        return area;
    }

    /** The parts of areas in a range, in order of address; holes are left out. */
    List<Piece> find(long address, long bytes) {
        long end = address + pages(bytes);
        List<Piece> found = new ArrayList<>();
        Map.Entry<Long, Piece> entry = pieces.floorEntry(address);
        if (entry == null || !reaches(entry, address)) {
            entry = pieces.ceilingEntry(address);
        }
        while (entry != null && Long.compareUnsigned(entry.getKey(), end) < 0) {
            long from = Math.max(entry.getKey(), address);
            long to = Math.min(entry.getKey() + entry.getValue().bytes(), end);
            found.add(new Piece(entry.getValue().area(), entry.getValue().offset() + from - entry.getKey(), to - from));
            entry = pieces.higherEntry(entry.getKey());
        }
        return List.copyOf(found);
    }

    /** Whether areas cover a range without a hole. */
    boolean covers(long address, long bytes) {
        return find(address, bytes).stream().mapToLong(Piece::bytes).sum() == pages(bytes);
    }

    /** Forgets a range. */
    void remove(long address, long bytes) {
        long end = address + pages(bytes);
        Map.Entry<Long, Piece> entry = pieces.floorEntry(address);
        if (entry == null || !reaches(entry, address)) {
            entry = pieces.ceilingEntry(address);
        }
        while (entry != null && Long.compareUnsigned(entry.getKey(), end) < 0) {
            long start = entry.getKey();
            Piece piece = entry.getValue();
            pieces.remove(start);
            if (Long.compareUnsigned(start, address) < 0) {
                pieces.put(start, new Piece(piece.area(), piece.offset(), address - start));
            }
            if (Long.compareUnsigned(start + piece.bytes(), end) > 0) {
                pieces.put(end, new Piece(piece.area(), piece.offset() + end - start, start + piece.bytes() - end));
            }
            entry = pieces.higherEntry(start);
        }
    }

    /** Forgets everything and returns what there was (a program replaced itself). */
    List<Piece> clear() {
        List<Piece> all = List.copyOf(pieces.values());
        pieces.clear();
        return all;
    }

    private static boolean reaches(Map.Entry<Long, Piece> entry, long address) {
        return Long.compareUnsigned(address - entry.getKey(), entry.getValue().bytes()) < 0;
    }
}
