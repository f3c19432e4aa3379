// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.SignalAction;
import kernel.lwp.signal.SignalStack;
import kernel.vm.syscall.ParameterType;
import shell.command.argument.SignalArguments;

/** Structures of the signal calls in words. */
final class SignalValues {
    private static final int SET_BYTES = 16;

    private final int wordBytes;

    SignalValues(int wordBytes) {
        this.wordBytes = wordBytes;
    }

    static boolean has(ParameterType type) {
        return switch (type) {
            case SIGSET, SIGACTION, SIGSTACK, SIGINFO -> true;
            default -> false;
        };
    }

    /** Room that such a structure takes. */
    int size(ParameterType type) {
        return switch (type) {
            case SIGSET -> SET_BYTES;
            case SIGACTION -> wordBytes == Long.BYTES ? 32 : 24;
            case SIGSTACK -> 3 * wordBytes;
            default -> SiginfoWords.BYTES;
        };
    }

    /** What the bytes of such a structure mean. */
    String text(ParameterType type, byte[] memory) {
        ByteBuffer bytes = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case SIGSET -> bytes.getLong(0) == 0 ? "none" : Signals.set(bytes.getLong(0));
            case SIGACTION -> action(word(bytes, 0), bytes.getLong(wordBytes), bytes.getInt(wordBytes + SET_BYTES));
            case SIGSTACK -> stack(word(bytes, 0), word(bytes, wordBytes), bytes.getInt(2 * wordBytes));
            default -> info(new SiginfoWords(wordBytes).load(memory, 0));
        };
    }

    private long word(ByteBuffer bytes, int offset) {
        return wordBytes == Long.BYTES ? bytes.getLong(offset) : Integer.toUnsignedLong(bytes.getInt(offset));
    }

    private static String action(long handler, long mask, int flags) {
        String what = handler == SignalAction.SIG_DFL ? "SIG_DFL"
                : handler == SignalAction.SIG_IGN ? "SIG_IGN" : "0x" + Long.toHexString(handler);
        return what + (flags == 0 ? "" : " " + SignalArguments.flagText(flags))
                + (mask == 0 ? "" : " blocking " + Signals.set(mask));
    }

    private static String stack(long base, long bytes, int flags) {
        if ((flags & SignalStack.SS_DISABLE) != 0) {
            return "none";
        }
        return "0x" + Long.toHexString(base) + " " + bytes + ((flags & SignalStack.SS_ONSTACK) != 0 ? " in use" : "");
    }

    private static String info(SignalInfo info) {
        String name = Signals.name(info.signo());
        return info.address() != 0 ? name + " at 0x" + Long.toHexString(info.address()) : name + " from " + info.pid();
    }
}
