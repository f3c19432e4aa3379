// SPDX-License-Identifier: BSD-2-Clause
package shell.command.argument;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.Resource;

/** Reads and writes a {@code struct rlimit}: a soft and a hard limit, 64 bits each. */
public final class LimitArguments {
    /** Room that the structure takes. */
    public static final int BYTES = 2 * Long.BYTES;

    /** How one can be written. */
    static final String FORMS = "write [SOFT HARD] with numbers or RLIM_INFINITY, NULL or an address";

    private static final String INFINITY = "RLIM_INFINITY";

    private LimitArguments() {
    }

    /** The two limits of a list. */
    static Argument read(Parameter parameter, List<?> limits) {
        ByteBuffer content = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        limits.forEach(limit -> content.putLong(limit.toString().equals(INFINITY)
                ? Resource.INFINITY : Numbers.parse(limit, parameter.name())));
        return new Argument.Bytes(parameter, ArgumentReader.shown(limits), content.array());
    }

    /** What the bytes mean: soft limit, hard limit. */
    public static String text(byte[] memory) {
        ByteBuffer bytes = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        return limit(bytes.getLong(0)) + " " + limit(bytes.getLong(Long.BYTES));
    }

    private static String limit(long value) {
        return value == Resource.INFINITY ? INFINITY : Long.toUnsignedString(value);
    }
}
