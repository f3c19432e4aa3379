// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;

/**
 * Two LWPs that wake each other with bare park and unpark.
 *
 * <p>A word in memory says whose turn it is; each parks until it is its own. The loop around the park makes early
 * returns and pending unparks harmless.
 */
@Component
public final class PingPong implements Program {
    private static final int TURN = 0;
    private static final int LIDS = 8;

    @Override
    public String name() {
        return "pingpong";
    }

    @Override
    public String description() {
        return "two LWPs park and unpark each other: pingpong [ROUNDS=1000]";
    }

    @Override
    public int main(User user, String[] args) {
        int rounds = Arguments.positive(args, 0, 1000, "rounds");
        long shared = user.allocate(32);
        user.store32(shared + LIDS, user.lid());
        long other = user.pthread().threads().create(user, (own, argument) -> play(own, shared, 1, rounds), 0);
        user.store32(shared + LIDS + 4, user.pthread().threads().lid(user, other));
        play(user, shared, 0, rounds);
        return user.pthread().threads().join(user, other);
    }

    private static void play(User user, long shared, int side, int rounds) {
        for (int i = 0; i < rounds; i++) {
            while (user.load32(shared + TURN) != side) {
                user.park(User.FOREVER, shared);
            }
            user.store32(shared + TURN, 1 - side);
            user.lwpUnpark(user.load32(shared + LIDS + 4L * (1 - side)), shared);
        }
    }
}
