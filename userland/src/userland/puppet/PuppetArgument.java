// SPDX-License-Identifier: BSD-2-Clause
package userland.puppet;

/** An argument of a call that a puppet makes; data is placed in scratch memory of the puppet first. */
public sealed interface PuppetArgument {
    /** A number or an address as it is. */
    record Word(long value) implements PuppetArgument {
    }

    /**
     * Bytes that the call reads, or reads and changes; the argument is their address.
     *
     * <p>The array is not copied: do not change it before the call has ended.
     */
    record Data(byte[] bytes) implements PuppetArgument {
    }

    /** Room that the call fills; the argument is its address. */
    record Out(int bytes) implements PuppetArgument {
    }

    /**
     * A {@code struct sigaction}; the argument is its address.
     *
     * @param noted whether the puppet's own handler takes the signal: it prints a line that says so
     * @param handler what else handles it: an address, SIG_DFL or SIG_IGN
     */
    record Action(boolean noted, long handler, int flags, long mask) implements PuppetArgument {
    }

    /** Address of the code that handlers return to. */
    record Trampoline() implements PuppetArgument {
    }

    /** A {@code stack_t} with a new signal stack, or with none if it has no bytes; the argument is its address. */
    record NewStack(int bytes) implements PuppetArgument {
    }

    /** A context that starts another puppet LWP on a stack of its own; the argument is its address. */
    record NewContext() implements PuppetArgument {
    }
}
