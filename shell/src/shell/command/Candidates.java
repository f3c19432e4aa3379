// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

/** Kinds of words that completion can offer for an operand or for the value of an option. */
public enum Candidates {
    PID, TASK, CALL, ARGUMENT, PROGRAM, SLOT,
    /** Slot and variant in turn. */
    VARIANT,
    /** The variants of the slot that the word before names, with or without dashes. */
    OF_SLOT,
    FILE, COMMAND, QUIRK, SWITCH, NONE
}
