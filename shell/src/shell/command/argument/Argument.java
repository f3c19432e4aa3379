// SPDX-License-Identifier: BSD-2-Clause
package shell.command.argument;

import kernel.vm.syscall.Parameter;

/**
 * One argument of a system call as the user wrote it, understood but not yet in the process's memory.
 *
 * <p>{@link #shown()} is how the line of {@code sys} repeats it.
 */
public sealed interface Argument {
    /** The parameter it is for. */
    Parameter parameter();

    String shown();

    /** A machine word: a number, constants, or an address. */
    record Word(Parameter parameter, String shown, long value) implements Argument {
    }

    /** Bytes that go into user memory; the call gets their address. */
    record Bytes(Parameter parameter, String shown, byte[] content) implements Argument {
    }

    /**
     * A time that goes into user memory as a {@code struct timespec}.
     *
     * @param fromNow whether it counts from now on the call's clock
     */
    record Time(Parameter parameter, String shown, long seconds, long nanos, boolean fromNow) implements Argument {
    }

    /** A {@code ucontext_t} that starts a new puppet LWP. */
    record Context(Parameter parameter, String shown) implements Argument {
    }

    /** Signals that go into user memory as a {@code sigset_t}. */
    record SignalSet(Parameter parameter, String shown, long set) implements Argument {
    }

    /**
     * What a signal does, for user memory.
     *
     * @param noted whether the handler of puppets takes it; otherwise {@code handler} tells
     */
    record Action(Parameter parameter, String shown, boolean noted, long handler, int flags, long mask)
            implements Argument {
    }

    /** The code that handlers return to. */
    record Trampoline(Parameter parameter, String shown) implements Argument {
    }

    /** A {@code stack_t} for a fresh signal stack, or for none. */
    record Stack(Parameter parameter, String shown, boolean none) implements Argument {
    }

    /** User memory that the call fills. */
    record Out(Parameter parameter, String shown) implements Argument {
    }
}
