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

    /** A context that starts another puppet LWP on a stack of its own; the argument is its address. */
    record NewContext() implements PuppetArgument {
    }
}
