// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Mutexes;

/** The mutex attributes object: magic number, type, protocol, ceiling. */
final class MutexAttributes {
    private static final int MAGIC = 0x2222_0002;
    private static final int TYPE = 4;
    private static final int PROTOCOL = 8;
    private static final int CEILING = 12;
    /** PTHREAD_PRIO_INHERIT, which no generation has. */
    private static final int PRIO_INHERIT = 1;
    /** SCHED_PRI_MAX. */
    private static final int PRIORITY_MAX = 63;

    private MutexAttributes() {
    }

    static int init(User user, long attributes) {
        user.store32(attributes, MAGIC);
        user.store32(attributes + TYPE, Mutexes.NORMAL);
        user.store32(attributes + PROTOCOL, Mutexes.PRIO_NONE);
        user.store32(attributes + CEILING, 0);
        return 0;
    }

    static boolean valid(User user, long attributes) {
        return user.load32(attributes) == MAGIC;
    }

    static int destroy(User user, long attributes) {
        if (!valid(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store32(attributes, 0);
        return 0;
    }

    static int setType(User user, long attributes, int type) {
        return type < Mutexes.NORMAL || type > Mutexes.RECURSIVE ? Errno.EINVAL : set(user, attributes, TYPE, type);
    }

    static int setProtocol(User user, long attributes, int protocol) {
        if (protocol == PRIO_INHERIT) {
            return Errno.ENOTSUP;
        }
        boolean known = protocol == Mutexes.PRIO_NONE || protocol == Mutexes.PRIO_PROTECT;
        return known ? set(user, attributes, PROTOCOL, protocol) : Errno.EINVAL;
    }

    static int setCeiling(User user, long attributes, int ceiling) {
        return ceiling < 0 || ceiling > PRIORITY_MAX ? Errno.EINVAL : set(user, attributes, CEILING, ceiling);
    }

    private static int set(User user, long attributes, int field, int value) {
        if (!valid(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store32(attributes + field, value);
        return 0;
    }

    static int type(User user, long attributes) {
        return user.load32(attributes + TYPE);
    }

    static int protocol(User user, long attributes) {
        return user.load32(attributes + PROTOCOL);
    }

    static int ceiling(User user, long attributes) {
        return user.load32(attributes + CEILING);
    }
}
