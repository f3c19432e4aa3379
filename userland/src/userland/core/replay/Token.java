// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

/**
 * Something a thread waits for.
 *
 * @param index its word in the replay's user memory
 * @param waiter index of the thread that awaits it, within the process
 */
record Token(int index, int waiter) {
}
