// SPDX-License-Identifier: BSD-2-Clause
package shell.command.tck;

/**
 * One check of a kit, bound to what it checks.
 *
 * @param set which part of the kit it belongs to
 * @param name a sentence that holds when it passes
 * @param body throws when it does not
 */
record Check(String set, String name, Runnable body) {
}
