// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The memory calls of the host, which is Linux or a BSD with 64-bit offsets. */
@SuppressWarnings("restricted")
final class HostMemory {
    private static final int READ_WRITE = 3;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANON = System.getProperty("os.name").equals("Linux") ? 0x20 : 0x1000;

    private static final MethodHandle MMAP = function("mmap", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP = function("munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private HostMemory() {
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /** Maps anonymous private memory and returns its address. */
    static long map(long bytes) {
        try {
            return (long) MMAP.invokeExact(0L, bytes, READ_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0L);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    static void unmap(long address, long bytes) {
        try {
            if ((int) MUNMAP.invokeExact(address, bytes) != 0) {
                throw new IllegalStateException("munmap failed");
            }
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Memory at an address of {@link #map}. */
    static MemorySegment segment(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
