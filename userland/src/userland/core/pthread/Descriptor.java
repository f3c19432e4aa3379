// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import userland.pthread.Conditions;
import userland.pthread.Mutexes;

/** Offsets in struct __pthread_st, the descriptor of a thread in user memory; 16-byte aligned and never unmapped. */
final class Descriptor {
    /** LWP id (pt_lid). */
    static final int LID = 0;
    /** One of the states below (pt_state). */
    static final int STATE = 4;
    /** The flags below, changed with {@link #LOCK} held (pt_flags). */
    static final int FLAGS = 8;
    /** Not 0: end at the next cancellation point (pt_cancel). */
    static final int CANCEL = 12;
    /** Address of the block of {@code _lwp_ctl}, or 0 (pt_lwpctl). */
    static final int CONTROL = 16;
    /** Not 0: about to park, so not worth spinning for (pt_blocking). */
    static final int BLOCKING = 24;
    /** 2009: not 0 while unlocking right before a park, which can carry one wake-up (pt_willpark). */
    static final int WILL_PARK = 28;
    /** 2009: the id that the next park wakes, or 0 (pt_unpark). */
    static final int UNPARK = 32;
    /** 2009: how many of {@link #WAITERS} are to be woken (pt_nwaiters). */
    static final int WAITER_COUNT = 36;
    /** The queue slept on; its waker sets it to 0 (pt_sleepobj). */
    static final int SLEEP_OBJECT = 40;
    /** Links of that queue (pt_sleep). */
    static final int SLEEP_NEXT = 48;
    static final int SLEEP_PREVIOUS = 56;
    /** 2009: not 0 while on a mutex's list (pt_mutexwait). */
    static final int MUTEX_WAIT = 64;
    /** What the thread wants of a read-write lock (pt_rwlocked). */
    static final int RW_STATE = 68;
    /** 2009: next on a mutex's list (pt_mutexnext). */
    static final int MUTEX_NEXT = 72;
    /** What a joiner gets (pt_exitval). */
    static final int EXIT_VALUE = 80;
    /** Address of the start routine, and its argument. */
    static final int FUNCTION = 88;
    static final int ARGUMENT = 96;
    /** Lowest address and size of the stack it runs on (pt_stack). */
    static final int STACK = 104;
    static final int STACK_BYTES = 112;
    /** Next on the dead queue (pt_deadq). */
    static final int DEAD_NEXT = 120;
    /** Next in its chain of the thread table. */
    static final int TABLE_NEXT = 128;
    /** Newest cleanup handler (pt_cleanup_stack). */
    static final int CLEANUP = 136;
    /** How many frames are in use. */
    static final int FRAME_DEPTH = 144;
    /** Keys below this one may have a value. */
    static final int KEYS_USED = 148;
    /** Mutex to drop when cancelled, or 0 (pt_droplock). */
    static final int DROP_LOCK = 152;
    /** Address of the values of keys (pt_specific). */
    static final int SPECIFIC = 160;
    /** Not 0 while a chain of wait records is being woken. */
    static final int WAKING = 168;
    /** Protects state and flags (pt_lock). */
    static final int LOCK = 176;
    /** 2009: who waits for the thread to end (pt_joiners). */
    static final int JOINERS = LOCK + Mutexes.BYTES;
    /** The name, ended by a 0 (pt_name). */
    static final int NAME = JOINERS + Conditions.BYTES;
    static final int NAME_BYTES = 32;
    /** Ids for {@code _lwp_unpark_all} (pt_waiters). */
    static final int WAITERS = NAME + NAME_BYTES;
    /** PTHREAD__UNPARK_MAX. */
    static final int WAITERS_MAX = 32;
    /** Frames: what C keeps in automatic variables, for others to see or for later. */
    static final int FRAMES = WAITERS + 4 * WAITERS_MAX;
    static final int FRAME_BYTES = 32;
    static final int FRAMES_MAX = 32;
    /** Bytes below the stack that cannot be touched (pt_guardsize). */
    static final int GUARD_BYTES = FRAMES + FRAME_BYTES * FRAMES_MAX;
    /** Lowest address and size of the stack that came with the descriptor, 0 if none did. */
    static final int OWN_STACK = GUARD_BYTES + 8;
    static final int OWN_STACK_BYTES = OWN_STACK + 8;
    static final int OWN_GUARD_BYTES = OWN_STACK_BYTES + 8;
    /** Newest destructor of a thread-local object (the list of __cxa_thread_atexit). */
    static final int LOCAL_DESTRUCTORS = OWN_GUARD_BYTES + 8;
    static final int BYTES = LOCAL_DESTRUCTORS + 8;

    /** State: alive. */
    static final int RUNNING = 1;
    /** State: ended and not joined. */
    static final int ZOMBIE = 2;
    /** State: its memory is free as soon as its LWP is gone. */
    static final int DEAD = 3;

    /** Flag: frees itself. */
    static final int DETACHED = 1;
    /** Flag: cancellation is disabled. */
    static final int CANCEL_DISABLED = 2;
    /** Flag: cancellation is asynchronous. */
    static final int CANCEL_ASYNC = 4;
    /** Flag: cancellation was asked for. */
    static final int CANCEL_PENDING = 8;

    private Descriptor() {
    }
}
