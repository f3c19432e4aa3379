// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import userland.core.text.Tally;

/**
 * Turns the memory calls of one process into actions on areas, in the order of the log.
 *
 * <p>A call on memory that another thread mapped waits until that thread has mapped it.
 */
final class MemoryPlan {
    private final LogText text;
    private final Tokens tokens;
    private final Tally unsupported;
    private final LogSpace space;
    private final FilePlan files;
    private final BreakPlan heap;
    private final Map<Integer, LoggedCall> mappers = new HashMap<>();
    private final Set<Long> ordered = new HashSet<>();

    /** @param space what the process starts with */
    MemoryPlan(LogText text, Tokens tokens, Tally unsupported, LogSpace space, BreakPlan heap, FilePlan files) {
        this.text = text;
        this.tokens = tokens;
        this.unsupported = unsupported;
        this.space = space;
        this.heap = heap;
        this.files = files;
    }

    LogSpace space() {
        return space;
    }

    FilePlan files() {
        return files;
    }

    BreakPlan heap() {
        return heap;
    }

    /**
     * Order in which memory calls took effect: one that returns an address is done when it has returned it,
     * one that is given an address may free it as soon as it begins.
     */
    static Comparator<LoggedCall> effectOrder() {
        return Comparator.comparingInt(call -> producesAddress(call) ? call.call().endLine() : call.call().startLine());
    }

    private static boolean producesAddress(LoggedCall call) {
        return call.named("mmap", "mmap2", "old_mmap", "mremap", "brk", "open", "openat", "creat", "memfd_create")
                || call.starts();
    }

    /** Plans a call; false when it is none of memory's. */
    boolean plan(LoggedCall logged) {
        if (files.plan(logged)) {
            return true;
        }
        boolean known = logged.named("mmap", "mmap2", "munmap", "mprotect", "madvise", "msync", "mremap", "brk");
        if (known && !logged.call().succeeded()) {
            unsupported.add(logged.call().name() + (logged.call().returned() ? " that failed in the log" : " cut off"));
            return true;
        }
        switch (logged.call().name()) {
            case "mmap", "mmap2" -> map(logged);
            case "munmap" -> unmap(logged);
            case "mprotect" -> act(logged, new Action.Protect(known(logged),
                    MemoryFlags.protection(logged.call().argument(2), unsupported)));
            case "madvise" -> advise(logged);
            case "msync" -> act(logged, new Action.Sync(known(logged), MemoryFlags.sync(logged.call().argument(2))));
            case "mremap" -> remap(logged);
            case "brk" -> breakTo(logged);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The process replaced its program: everything it had mapped goes. */
    void replaceProgram(LoggedCall exec) {
        List<Piece> all = space.clear();
        if (!all.isEmpty()) {
            act(exec, new Action.Unmap(all));
        }
        heap.forget();
    }

    /** A fork copies every mapping that the log has so far: they must be there. */
    void orderAfterAll(LoggedCall fork) {
        mappers.keySet().forEach(area -> orderAfter(fork, area));
    }

    private void map(LoggedCall logged) {
        int protection = MemoryFlags.protection(logged.call().argument(2), unsupported);
        String flagText = logged.call().argument(3);
        int flags = MemoryFlags.map(flagText, unsupported);
        long bytes = text.number(logged.call(), 1);
        long address = logged.call().result();
        LogFile file = null;
        long offset = 0;
        if ((flags & MemoryFlags.MAP_ANON) == 0) {
            offset = text.number(logged.call(), 5) * (logged.named("mmap2") ? LogSpace.pages(1) : 1);
            file = files.mapped(logged, text.number(logged.call(), 4), offset + bytes);
            flags |= file == null ? MemoryFlags.MAP_ANON : 0;
        }
        boolean over = List.of(flagText.split("\\|")).contains("MAP_FIXED") && space.covers(address, bytes);
        if (over) {
            List<Piece> pieces = space.find(address, bytes);
            act(logged, new Action.MapOver(pieces, protection, flags, file, offset));
        } else {
            newArea(logged, address, bytes, protection, flags, file, offset);
        }
    }

    private Area newArea(LoggedCall logged, long address, long bytes, int protection, int flags, LogFile file,
            long offset) {
        Area area = space.map(address, bytes);
        mappers.put(area.index(), logged);
        logged.step().actions.add(new Action.Map(area, protection, flags, file, offset));
        return area;
    }

    private void unmap(LoggedCall logged) {
        long address = text.number(logged.call(), 0);
        long bytes = text.number(logged.call(), 1);
        List<Piece> pieces = space.find(address, bytes);
        if (pieces.isEmpty()) {
            unsupported.add("munmap of memory that was mapped before the log");
            return;
        }
        act(logged, new Action.Unmap(pieces));
        space.remove(address, bytes);
    }

    private void advise(LoggedCall logged) {
        int advice = MemoryFlags.advice(logged.call().argument(2));
        if (advice < 0) {
            unsupported.add("madvise " + logged.call().argument(2));
        } else {
            act(logged, new Action.Advise(known(logged), advice));
        }
    }

    private void remap(LoggedCall logged) {
        List<Piece> old = space.find(text.number(logged.call(), 0), text.number(logged.call(), 1));
        if (!old.isEmpty()) {
            act(logged, new Action.Unmap(old));
        }
        space.remove(text.number(logged.call(), 0), text.number(logged.call(), 1));
        newArea(logged, logged.call().result(), text.number(logged.call(), 2), 3,
                MemoryFlags.MAP_PRIVATE | MemoryFlags.MAP_ANON, null, 0);
    }

    private void breakTo(LoggedCall logged) {
        BreakPlan.Change change = heap.moveTo(logged.call().result());
        if (change == null) {
            return;
        }
        if (!space.covers(change.start(), 1)) {
            newArea(logged, heap.start(), heap.bytes(), 0, MemoryFlags.MAP_PRIVATE | MemoryFlags.MAP_ANON, null, 0);
        }
        act(logged, new Action.MapOver(space.find(change.start(), change.bytes()), change.grows() ? 3 : 0,
                MemoryFlags.MAP_PRIVATE | MemoryFlags.MAP_ANON, null, 0));
    }

    /**
     * The areas in the range that the first two arguments give. Memory of before the log (the program's own
     * segments) has none yet: it is mapped now.
     */
    private List<Piece> known(LoggedCall logged) {
        long address = text.number(logged.call(), 0);
        long bytes = text.number(logged.call(), 1);
        if (bytes > 0 && space.find(address, bytes).isEmpty()) {
            newArea(logged, address, bytes, 3, MemoryFlags.MAP_PRIVATE | MemoryFlags.MAP_ANON, null, 0);
        }
        return space.find(address, bytes);
    }

    private void act(LoggedCall logged, Action action) {
        logged.step().actions.add(action);
        for (Piece piece : pieces(action)) {
            orderAfter(logged, piece.area().index());
        }
    }

    private static List<Piece> pieces(Action action) {
        return switch (action) {
            case Action.MapOver over -> over.pieces();
            case Action.Unmap unmap -> unmap.pieces();
            case Action.Protect protect -> protect.pieces();
            case Action.Advise advise -> advise.pieces();
            case Action.Sync sync -> sync.pieces();
            default -> List.of();
        };
    }

    private void orderAfter(LoggedCall later, int area) {
        LoggedCall mapper = mappers.get(area);
        if (mapper != null && mapper.step() != later.step()
                && ordered.add((long) area << 32 | later.thread().index)) {
            tokens.order(mapper.step(), mapper.thread(), later.step(), later.thread());
        }
    }
}
