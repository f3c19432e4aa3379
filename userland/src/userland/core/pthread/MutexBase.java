// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Mutexes;
import userland.pthread.Pthread;

/**
 * What both generations of mutexes share (pthread_mutex.c).
 *
 * <p>The owner word is the owner's descriptor with flags in the low bits. Without contention, locking and unlocking are
 * one compare-and-swap each.
 */
abstract class MutexBase implements Mutexes {
    /** Owner word: who owns it. */
    static final int OWNER = 0;
    /** The list of waiters. */
    static final int LIST = 8;
    private static final int TYPE = 16;
    private static final int RECURSED = 20;
    private static final int CEILING = 24;
    private static final int MAGIC = 28;
    private static final int MAGIC_DEAD = 0xDEAD_0003;

    /** Flag of the owner word: somebody is on the list, or was. */
    static final long WAITERS_BIT = 1;
    /** Flag: the type is recursive. */
    static final long RECURSIVE_BIT = 2;
    /** Flag, 2009: the owner has wake-ups to send when it unlocks. */
    static final long DEFERRED_BIT = 4;
    /** Flag, 2020: the protocol is priority protection. */
    static final long PROTECT_BIT = 8;
    private static final long FLAGS = 15;

    /** Result of {@link #lockOwned}: go on. */
    private static final int NOT_OWNED = -1;

    final Library library;

    MutexBase(Library library) {
        this.library = library;
    }

    /** Locks a mutex that was not simply free and not the caller's: waits until it can. */
    abstract int lockContended(User user, long self, long mutex, long untilNanos);

    /** Wakes who waits on the mutex's list. */
    abstract void wakeWaiters(User user, long self, long mutex);

    /** Called with the mutex released: sends wake-ups that waited for that. */
    abstract void sendDeferred(User user, long self, long mutex, long ownerWord);

    static long owner(long ownerWord) {
        return ownerWord & ~FLAGS;
    }

    static boolean owned(User user, long self, long mutex) {
        return owner(user.load64(mutex + OWNER)) == self;
    }

    @Override
    public int init(User user, long mutex, long attributes) {
        if (attributes != 0 && !MutexAttributes.valid(user, attributes)) {
            return Errno.EINVAL;
        }
        int type = attributes == 0 ? NORMAL : MutexAttributes.type(user, attributes);
        boolean protect = attributes != 0 && MutexAttributes.protocol(user, attributes) == PRIO_PROTECT;
        user.store64(mutex + OWNER, (type == RECURSIVE ? RECURSIVE_BIT : 0) | (protect ? PROTECT_BIT : 0));
        user.store64(mutex + LIST, 0);
        user.store32(mutex + TYPE, type);
        user.store32(mutex + RECURSED, 0);
        user.store32(mutex + CEILING, protect ? MutexAttributes.ceiling(user, attributes) : 0);
        user.store32(mutex + MAGIC, 0);
        return 0;
    }

    @Override
    public int destroy(User user, long mutex) {
        if (dead(user, mutex)) {
            return Errno.EINVAL;
        }
        if (owner(user.load64(mutex + OWNER)) != 0) {
            return Errno.EBUSY;
        }
        user.store32(mutex + MAGIC, MAGIC_DEAD);
        return 0;
    }

    private static boolean dead(User user, long mutex) {
        return user.load32(mutex + MAGIC) == MAGIC_DEAD;
    }

    @Override
    public int lock(User user, long mutex) {
        long self = library.self(user);
        return user.cas64(mutex + OWNER, 0, self) ? 0 : lockSlow(user, self, mutex, Pthread.FOREVER);
    }

    @Override
    public int timedLock(User user, long mutex, long untilNanos) {
        if (untilNanos < 0) {
            return Errno.EINVAL;
        }
        long self = library.self(user);
        return user.cas64(mutex + OWNER, 0, self) ? 0 : lockSlow(user, self, mutex, untilNanos);
    }

    private int lockSlow(User user, long self, long mutex, long untilNanos) {
        if (dead(user, mutex)) {
            return Errno.EINVAL;
        }
        int error = lockOwned(user, self, mutex);
        if (error != NOT_OWNED) {
            return error;
        }
        if ((user.load64(mutex + OWNER) & PROTECT_BIT) == 0) {
            return lockContended(user, self, mutex, untilNanos);
        }
        if (user.syscall("_sched_protect", user.load32(mutex + CEILING)) == -1) {
            return user.errno();
        }
        error = lockContended(user, self, mutex, untilNanos);
        if (error != 0) {
            user.syscall("_sched_protect", -1);
        }
        return error;
    }

    /** Locks again what the caller owns, or says why not. */
    private int lockOwned(User user, long self, long mutex) {
        long ownerWord = user.load64(mutex + OWNER);
        if (owner(ownerWord) != self) {
            return NOT_OWNED;
        }
        if ((ownerWord & RECURSIVE_BIT) != 0) {
            int count = user.load32(mutex + RECURSED);
            if (count == Integer.MAX_VALUE) {
                return Errno.EAGAIN;
            }
            user.store32(mutex + RECURSED, count + 1);
            return 0;
        }
        return user.load32(mutex + TYPE) == ERRORCHECK ? Errno.EDEADLK : NOT_OWNED;
    }

    /** Takes a mutex that looked free; false when somebody else was faster. */
    static boolean take(User user, long self, long mutex, long seen) {
        long ownerWord = seen;
        while (owner(ownerWord) == 0) {
            if (user.cas64(mutex + OWNER, ownerWord, self | ownerWord)) {
                return true;
            }
            ownerWord = user.load64(mutex + OWNER);
        }
        return false;
    }

    @Override
    public int tryLock(User user, long mutex) {
        long self = library.self(user);
        if (user.cas64(mutex + OWNER, 0, self)) {
            return 0;
        }
        long ownerWord = user.load64(mutex + OWNER);
        if (owner(ownerWord) != 0) {
            boolean again = owner(ownerWord) == self && (ownerWord & RECURSIVE_BIT) != 0;
            return again ? lockOwned(user, self, mutex) : Errno.EBUSY;
        }
        if (dead(user, mutex)) {
            return Errno.EINVAL;
        }
        boolean protect = (ownerWord & PROTECT_BIT) != 0;
        if (protect && user.syscall("_sched_protect", user.load32(mutex + CEILING)) == -1) {
            return user.errno();
        }
        if (take(user, self, mutex, ownerWord)) {
            return 0;
        }
        if (protect) {
            user.syscall("_sched_protect", -1);
        }
        return Errno.EBUSY;
    }

    @Override
    public int unlock(User user, long mutex) {
        long self = library.self(user);
        return user.cas64(mutex + OWNER, self, 0) ? 0 : unlockSlow(user, self, mutex);
    }

    private int unlockSlow(User user, long self, long mutex) {
        long ownerWord = user.load64(mutex + OWNER);
        if (owner(ownerWord) != self) {
            return Errno.EPERM;
        }
        int recursed = user.load32(mutex + RECURSED);
        if (recursed > 0) {
            user.store32(mutex + RECURSED, recursed - 1);
            return 0;
        }
        // Only the WAITERS bit can come while we own it.
        while (!user.cas64(mutex + OWNER, ownerWord, ownerWord & (RECURSIVE_BIT | PROTECT_BIT))) {
            ownerWord = user.load64(mutex + OWNER);
        }
        if ((ownerWord & PROTECT_BIT) != 0) {
            user.syscall("_sched_protect", -1);
        }
        if ((ownerWord & WAITERS_BIT) != 0) {
            wakeWaiters(user, self, mutex);
        } else {
            sendDeferred(user, self, mutex, ownerWord);
        }
        return 0;
    }

    /** Makes sure the owner sees the list; when there is none any more, whoever is listed competes again. */
    final void markWaiters(User user, long self, long mutex) {
        while (true) {
            long ownerWord = user.load64(mutex + OWNER);
            if (owner(ownerWord) == 0) {
                wakeWaiters(user, self, mutex);
                return;
            }
            if ((ownerWord & WAITERS_BIT) != 0
                    || user.cas64(mutex + OWNER, ownerWord, ownerWord | WAITERS_BIT)) {
                return;
            }
        }
    }

    @Override
    public int getPriorityCeiling(User user, long mutex) {
        return user.load32(mutex + CEILING);
    }

    @Override
    public int attrInit(User user, long attributes) {
        return MutexAttributes.init(user, attributes);
    }

    @Override
    public int attrDestroy(User user, long attributes) {
        return MutexAttributes.destroy(user, attributes);
    }

    @Override
    public int attrSetType(User user, long attributes, int type) {
        return MutexAttributes.setType(user, attributes, type);
    }

    @Override
    public int attrGetType(User user, long attributes) {
        return MutexAttributes.type(user, attributes);
    }

    @Override
    public int attrSetProtocol(User user, long attributes, int protocol) {
        return MutexAttributes.setProtocol(user, attributes, protocol);
    }

    @Override
    public int attrGetProtocol(User user, long attributes) {
        return MutexAttributes.protocol(user, attributes);
    }

    @Override
    public int attrSetPriorityCeiling(User user, long attributes, int ceiling) {
        return MutexAttributes.setCeiling(user, attributes, ceiling);
    }

    @Override
    public int attrGetPriorityCeiling(User user, long attributes) {
        return MutexAttributes.ceiling(user, attributes);
    }
}
