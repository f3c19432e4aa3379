// SPDX-License-Identifier: BSD-2-Clause
package userland.program;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A program that {@code spawn} and {@code sim} can run; registered as a service.
 *
 * <p>One instance serves every process that runs the program, so it keeps no state of a run: what a
 * run needs lives in user memory or in local variables of {@link #main}. Program code never touches
 * host threads, host clocks or host locks; it computes, loads, stores and makes system calls through
 * the {@link User} it is given.
 */
@ConsumerType
public interface Program {
    /** Name by which it is spawned: a word without blanks, unique among the programs. */
    String name();

    /** One line that says what it shows and which arguments it takes. */
    String description();

    /**
     * Executes as the first LWP of a new process, in user mode.
     *
     * @param args what followed the program's name; never null
     * @return the exit status, of which the low 8 bits count; returning ends the process and all its LWPs
     * @throws IllegalArgumentException for bad arguments; the process then exits with status 2 and the
     *         message is on its diagnostic line
     */
    int main(User user, String[] args);
}
