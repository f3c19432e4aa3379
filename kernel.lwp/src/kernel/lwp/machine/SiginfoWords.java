// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The words of a little-endian {@code siginfo_t}, which all ports of one word size share.
 *
 * <p>128 bytes: signal, code, errno, on 64-bit ports four bytes of padding, then a union. The union holds sender
 * and user id; for SIGCHLD these and the status; for a fault the address and the trap.
 */
@ProviderType
public final class SiginfoWords {
    /** Size of a {@code siginfo_t} on every port. */
    public static final int BYTES = 128;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SIGNO = 0;
    private static final int CODE = 4;
    private static final int SIGILL = 4;
    private static final int SIGFPE = 8;
    private static final int SIGBUS = 10;
    private static final int SIGSEGV = 11;
    private static final int SIGTRAP = 5;
    private static final int SIGCHLD = 20;

    private final boolean wide;
    private final int union;

    /**
     * The words of a port.
     *
     * @param wordBytes size of its pointers, 4 or 8
     */
    public SiginfoWords(int wordBytes) {
        if (wordBytes != 4 && wordBytes != 8) {
            throw new IllegalArgumentException("a word has 4 or 8 bytes, not " + wordBytes);
        }
        wide = wordBytes == 8;
        union = wide ? 16 : 12;
    }

    /** Encodes a signal at an offset. */
    public void store(SignalInfo from, byte[] to, int offset) {
        Arrays.fill(to, offset, offset + BYTES, (byte) 0);
        INT.set(to, offset + SIGNO, from.signo());
        INT.set(to, offset + CODE, from.code());
        int at = offset + union;
        if (ofFault(from.signo(), from.code())) {
            putWord(to, at, from.address());
            INT.set(to, at + (wide ? Long.BYTES : Integer.BYTES), from.trap());
        } else {
            INT.set(to, at, from.pid());
            INT.set(to, at + 4, from.uid());
            INT.set(to, at + 8, from.status());
        }
    }

    /** Decodes the signal at an offset. */
    public SignalInfo load(byte[] from, int offset) {
        int signo = (int) INT.get(from, offset + SIGNO);
        int code = (int) INT.get(from, offset + CODE);
        int at = offset + union;
        if (ofFault(signo, code)) {
            int trap = (int) INT.get(from, at + (wide ? Long.BYTES : Integer.BYTES));
            return new SignalInfo(signo, code, 0, 0, 0, word(from, at), trap);
        }
        int status = signo == SIGCHLD ? (int) INT.get(from, at + 8) : 0;
        return new SignalInfo(signo, code, (int) INT.get(from, at), (int) INT.get(from, at + 4), status, 0, 0);
    }

    /** Positive codes of these signals say what the processor found. */
    private static boolean ofFault(int signo, int code) {
        boolean synchronous = signo == SIGILL || signo == SIGTRAP || signo == SIGFPE || signo == SIGBUS
                || signo == SIGSEGV;
        return synchronous && code > 0 && code != SignalInfo.SI_NOINFO;
    }

    private void putWord(byte[] to, int offset, long value) {
        if (wide) {
            LONG.set(to, offset, value);
        } else {
            INT.set(to, offset, (int) value);
        }
    }

    private long word(byte[] from, int offset) {
        return wide ? (long) LONG.get(from, offset) : Integer.toUnsignedLong((int) INT.get(from, offset));
    }
}
