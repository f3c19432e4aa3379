// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

/**
 * Memory that the log's process mapped with one call, wherever the log's kernel put it.
 *
 * @param index place in the process's table of areas, where the replay keeps its own address of it
 * @param bytes size in whole pages
 */
record Area(int index, long bytes) {
}
