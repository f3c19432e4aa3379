// SPDX-License-Identifier: BSD-2-Clause
package machine.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Zeroed host memory that takes no host page before it is touched, from the C library's {@code calloc}.
 * Loaded only where native access is enabled.
 */
@SuppressWarnings("restricted")
final class LazyMemory {

    private static final MethodHandle CALLOC = function("calloc",
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

    private LazyMemory() {
    }

    /** Allocates memory that lives as long as {@code arena}. */
    static MemorySegment allocate(long size, long alignment, Arena arena) {
        long room = size + alignment;
        MemorySegment all = calloc(room);
        if (all.address() == 0) {
            throw new OutOfMemoryError("the host has no " + size + " bytes for physical memory");
        }
        MemorySegment bytes = all.reinterpret(room, arena, LazyMemory::free);
        return bytes.asSlice(-all.address() & alignment - 1, size);
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    private static MemorySegment calloc(long size) {
        try {
            return (MemorySegment) CALLOC.invokeExact(1L, size);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void free(MemorySegment memory) {
        try {
            FREE.invokeExact(memory);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
