// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The words of a little-endian {@code ucontext_t}, and the head that all ports share.
 *
 * <p>For the codecs of machines. The head is uc_flags, uc_link, uc_sigmask and uc_stack (sys/ucontext.h 1.24), each
 * aligned to a word of the port; what follows it is the port's own.
 */
@ProviderType
public final class UcontextWords {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int KNOWN_FLAGS = UserContext.UC_SIGMASK | UserContext.UC_STACK | UserContext.UC_CPU
            | UserContext.UC_FPU | UserContext.UC_TLSBASE;
    private static final int FLAGS = 0;
    private static final int MASK_BYTES = 16;

    private final boolean wide;
    private final int link;
    private final int signalMask;
    private final int stackBase;
    private final int stackBytes;
    private final int stackFlags;
    private final int setStack;
    private final int clearStack;
    private final int fpuKind;

    /**
     * The words of a port that numbers the stack flags as x86 does.
     *
     * @param wordBytes size of its pointers, 4 or 8
     */
    public UcontextWords(int wordBytes) {
        this(wordBytes, UserContext.UC_SETSTACK, UserContext.UC_CLRSTACK, 0);
    }

    /**
     * The words of a port.
     *
     * @param wordBytes size of its pointers, 4 or 8
     * @param setStack its _UC_SETSTACK
     * @param clearStack its _UC_CLRSTACK
     * @param fpuKind what it sets beside _UC_FPU to tell the format of the floating-point area, or 0
     */
    public UcontextWords(int wordBytes, int setStack, int clearStack, int fpuKind) {
        if (wordBytes != 4 && wordBytes != 8) {
            throw new IllegalArgumentException("a word has 4 or 8 bytes, not " + wordBytes);
        }
        wide = wordBytes == 8;
        link = wordBytes;
        signalMask = link + wordBytes;
        stackBase = signalMask + MASK_BYTES;
        stackBytes = stackBase + wordBytes;
        stackFlags = stackBytes + wordBytes;
        this.setStack = setStack;
        this.clearStack = clearStack;
        this.fpuKind = fpuKind;
    }

    /** The word at an offset; a short one is extended with zeros. */
    public long get(byte[] ucontext, int offset) {
        return wide ? (long) LONG.get(ucontext, offset) : Integer.toUnsignedLong((int) INT.get(ucontext, offset));
    }

    /** Sets the word at an offset; bits that do not fit are dropped. */
    public void put(byte[] ucontext, int offset, long value) {
        if (wide) {
            LONG.set(ucontext, offset, value);
        } else {
            INT.set(ucontext, offset, (int) value);
        }
    }

    /** Decodes the head; flag bits that are not neutral are dropped. */
    public void loadHead(byte[] ucontext, UserContext into) {
        into.flags = neutral((int) INT.get(ucontext, FLAGS));
        into.link = get(ucontext, link);
        into.signalMaskLow = (long) LONG.get(ucontext, signalMask);
        into.signalMaskHigh = (long) LONG.get(ucontext, signalMask + Long.BYTES);
        into.stackBase = get(ucontext, stackBase);
        into.stackBytes = get(ucontext, stackBytes);
        into.stackFlags = (int) INT.get(ucontext, stackFlags);
    }

    /** Encodes the head, and clears all that follows it. */
    public void storeHead(UserContext from, byte[] ucontext) {
        Arrays.fill(ucontext, (byte) 0);
        INT.set(ucontext, FLAGS, ported(from.flags));
        put(ucontext, link, from.link);
        LONG.set(ucontext, signalMask, from.signalMaskLow);
        LONG.set(ucontext, signalMask + Long.BYTES, from.signalMaskHigh);
        put(ucontext, stackBase, from.stackBase);
        put(ucontext, stackBytes, from.stackBytes);
        INT.set(ucontext, stackFlags, from.stackFlags);
    }

    private int neutral(int flags) {
        return flags & KNOWN_FLAGS
                | ((flags & setStack) != 0 ? UserContext.UC_SETSTACK : 0)
                | ((flags & clearStack) != 0 ? UserContext.UC_CLRSTACK : 0);
    }

    private int ported(int flags) {
        return flags & ~(UserContext.UC_SETSTACK | UserContext.UC_CLRSTACK)
                | ((flags & UserContext.UC_SETSTACK) != 0 ? setStack : 0)
                | ((flags & UserContext.UC_CLRSTACK) != 0 ? clearStack : 0)
                | ((flags & UserContext.UC_FPU) != 0 ? fpuKind : 0);
    }
}
