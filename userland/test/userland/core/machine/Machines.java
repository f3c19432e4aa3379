// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import kernel.lwp.machine.Machine;
import machine.arm.aarch64.Aarch64Machine;
import machine.arm.armv7.Armv7Machine;
import machine.arm.hafdbs.Aarch64HafdbsMachine;
import machine.x86.amd64.Amd64Machine;
import machine.x86.i386.I386Machine;
import machine.x86.la57.Amd64La57Machine;
import machine.x86.pae.I386PaeMachine;

/** The shipped machines by name. */
final class Machines {
    private Machines() {
    }

    static List<String> names() {
        return List.of("i386", "i386-pae", "amd64", "amd64-la57", "armv7", "aarch64", "aarch64-hafdbs");
    }

    static Machine of(String name) {
        return switch (name) {
            case "i386" -> new I386Machine();
            case "i386-pae" -> new I386PaeMachine();
            case "amd64" -> new Amd64Machine();
            case "amd64-la57" -> new Amd64La57Machine();
            case "armv7" -> new Armv7Machine();
            case "aarch64" -> new Aarch64Machine();
            case "aarch64-hafdbs" -> new Aarch64HafdbsMachine();
            default -> throw new IllegalArgumentException("no machine " + name);
        };
    }

    /** A word of the machine's size in its memory. */
    static long word(Machine machine, byte[] bytes, int offset) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return machine.wordBits() == 64 ? words.getLong(offset) : Integer.toUnsignedLong(words.getInt(offset));
    }

    static void word(Machine machine, byte[] bytes, int offset, long value) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (machine.wordBits() == 64) {
            words.putLong(offset, value);
        } else {
            words.putInt(offset, (int) value);
        }
    }
}
