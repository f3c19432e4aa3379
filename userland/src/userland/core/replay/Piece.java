// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

/** A part of an area. */
record Piece(Area area, long offset, long bytes) {
}
