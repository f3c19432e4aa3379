// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import java.util.Objects;

/**
 * One parameter of a system call.
 *
 * @param name as in the manual page
 * @param type how it is written and read back
 * @param direction which way the data behind a pointer goes
 * @param symbols constants that name its values, or null
 * @param sizeFrom for {@link ParameterType#BYTES} and arrays: the parameter that counts them (bytes, or elements of
 *     a {@link ParameterType#LID_ARRAY}), or null
 */
public record Parameter(String name, ParameterType type, Direction direction, SymbolSet symbols, String sizeFrom) {
    /** Checks that name, type and direction are there. */
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(direction, "direction");
    }

    /** An input. */
    public static Parameter in(String name, ParameterType type) {
        return new Parameter(name, type, Direction.IN, null, null);
    }

    /** An input with symbolic constants. */
    public static Parameter in(String name, ParameterType type, SymbolSet symbols) {
        return new Parameter(name, type, Direction.IN, symbols, null);
    }

    /** Memory that the call fills. */
    public static Parameter out(String name, ParameterType type) {
        return new Parameter(name, type, Direction.OUT, null, null);
    }

    /** Memory that the call reads and fills. */
    public static Parameter inout(String name, ParameterType type) {
        return new Parameter(name, type, Direction.INOUT, null, null);
    }

    /** This parameter, counted by another one. */
    public Parameter countedBy(String other) {
        return new Parameter(name, type, direction, symbols, other);
    }
}
