// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import org.osgi.annotation.versioning.ProviderType;

/** The alternate signal stack of an LWP: {@code stack_t} (sys/signal.h). Changed only by the LWP itself. */
@ProviderType
public final class SignalStack {
    /** The LWP runs on it. */
    public static final int SS_ONSTACK = 0x1;
    /** There is none. */
    public static final int SS_DISABLE = 0x4;
    /** All flags that a program may set. */
    public static final int SS_ALLBITS = SS_ONSTACK | SS_DISABLE;
    /** The smallest size, MINSIGSTKSZ. */
    public static final long MIN_BYTES = 8192;

    private long base;
    private long bytes;
    private int flags = SS_DISABLE;

    /** Lowest address. */
    public long base() {
        return base;
    }

    /** Size in bytes. */
    public long bytes() {
        return bytes;
    }

    /** SS_ bits. */
    public int flags() {
        return flags;
    }

    /** First address above it. */
    public long end() {
        return base + bytes;
    }

    /** Becomes another stack. */
    public void set(long newBase, long newBytes, int newFlags) {
        base = newBase;
        bytes = newBytes;
        flags = newFlags;
    }

    /** Becomes what another LWP has. */
    public void set(SignalStack from) {
        set(from.base, from.bytes, from.flags);
    }

    /** Whether the LWP runs on it. */
    public boolean active() {
        return (flags & SS_ONSTACK) != 0;
    }

    /** Notes whether the LWP runs on it. */
    public void active(boolean on) {
        flags = on ? flags | SS_ONSTACK : flags & ~SS_ONSTACK;
    }

    /** Whether a handler may be put on it: it is there, and free. */
    public boolean available() {
        return (flags & (SS_ONSTACK | SS_DISABLE)) == 0;
    }
}
