// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

/** Kinds of words that completion can offer for an operand or for the value of an option. */
public enum Candidates {
    PID, TASK, CALL, ARGUMENT, PROGRAM, SLOT, VARIANT, SCHED, LWP, MACHINE, VM, FILE, COMMAND, SWITCH, NONE
}
