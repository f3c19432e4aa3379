// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

/** Offsets of the thread library's structures in user memory. */
final class ThreadLayout {
    /** Descriptor: LWP id. */
    static final int LID = 0;
    /** Descriptor: one of the states below. */
    static final int STATE = 4;
    /** Descriptor: the record by which the thread waits. */
    static final int RECORD = 8;
    /** Descriptor: address of the start function. */
    static final int FUNCTION = 24;
    /** Descriptor: its argument. */
    static final int ARGUMENT = 32;
    /** Descriptor: lowest address of the stack. */
    static final int STACK = 40;
    /** Descriptor: next in the list of ended threads whose memory can be used again. */
    static final int NEXT_DEAD = 48;
    /** Descriptor: ids for {@code _lwp_unpark_all}. */
    static final int WAKE_LIST = 64;
    /** Most ids in one call: the library's limit, lower than the kernel's 1024 (PTHREAD__UNPARK_MAX). */
    static final int WAKE_LIST_MAX = 32;
    static final int DESCRIPTOR_BYTES = WAKE_LIST + 4 * WAKE_LIST_MAX;

    /** Record: the next one on its list. */
    static final int RECORD_NEXT = 0;
    /** Record: id of the waiter; its waker sets it to 0. */
    static final int RECORD_LID = 8;

    /** State: alive, can be joined. */
    static final int JOINABLE = 0;
    /** State: nobody will join it. */
    static final int DETACHED = 1;
    /** State: its function returned before anybody joined or detached it. */
    static final int ENDED = 2;

    private ThreadLayout() {
    }
}
