// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import userland.program.User;

/**
 * What the threads of a replayed process share, in user memory: tokens, ids, areas, descriptors.
 *
 * <p>A fork copies it with the rest of the memory.
 */
final class ControlBlock {
    private final long tokens;
    private final long lids;
    private final long areas;
    private final long files;

    ControlBlock(User user, ReplayPlan plan) {
        int threads = plan.processes().stream().mapToInt(process -> process.threads.size()).max().orElse(0);
        int areaCount = plan.processes().stream().mapToInt(process -> process.areas).max().orElse(0);
        int fileCount = plan.processes().stream().mapToInt(process -> process.files).max().orElse(0);
        tokens = user.allocate(4L * plan.tokens());
        lids = user.allocate(4L * threads);
        areas = user.allocate(8L * areaCount);
        files = user.allocate(4L * fileCount);
    }

    void lid(User user, int thread, int lid) {
        user.store32(lids + 4L * thread, lid);
    }

    /** Parks until somebody gave the token. */
    void await(User user, Token token) {
        long word = tokens + 4L * token.index();
        while (user.load32(word) == 0) {
            user.park(User.FOREVER, word);
        }
    }

    /** Gives a token; a waiter that has not started yet will find it. */
    void give(User user, Token token) {
        long word = tokens + 4L * token.index();
        user.store32(word, 1);
        int lid = user.load32(lids + 4L * token.waiter());
        if (lid != 0) {
            user.lwpUnpark(lid, word);
        }
    }

    long area(User user, Piece piece) {
        return user.load64(areas + 8L * piece.area().index()) + piece.offset();
    }

    void area(User user, Area area, long address) {
        user.store64(areas + 8L * area.index(), address);
    }

    boolean mapped(User user, Piece piece) {
        return user.load64(areas + 8L * piece.area().index()) != 0;
    }

    /** Descriptor of a file, or -1. */
    int file(User user, LogFile file) {
        return user.load32(files + 4L * file.index) - 1;
    }

    void file(User user, LogFile file, int descriptor) {
        user.store32(files + 4L * file.index, descriptor + 1);
    }
}
