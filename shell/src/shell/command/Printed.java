// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

/** A result that its command has printed by itself, because users see it even when a script keeps it. */
public interface Printed {
}
