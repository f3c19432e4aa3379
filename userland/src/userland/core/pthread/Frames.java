// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.FRAMES;
import static userland.core.pthread.Descriptor.FRAMES_MAX;
import static userland.core.pthread.Descriptor.FRAME_BYTES;
import static userland.core.pthread.Descriptor.FRAME_DEPTH;

import userland.program.User;

/**
 * What the original keeps on a thread's stack and other threads or later calls read: last in, first out.
 *
 * <p>A signal handler may interrupt a wait and wait itself; it then uses the next frame.
 */
final class Frames {
    private Frames() {
    }

    /** Takes a frame of {@link Descriptor#FRAME_BYTES} with arbitrary contents. */
    static long push(User user, long self) {
        int depth = user.load32(self + FRAME_DEPTH);
        user.store32(self + FRAME_DEPTH, depth + 1);
        return depth < FRAMES_MAX ? self + FRAMES + (long) depth * FRAME_BYTES : user.allocate(FRAME_BYTES);
    }

    /** Gives the newest frame back. */
    static void pop(User user, long self) {
        user.store32(self + FRAME_DEPTH, user.load32(self + FRAME_DEPTH) - 1);
    }
}
