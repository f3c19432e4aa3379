// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.file.Vnode;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each decision that the modern profile takes otherwise, and that its quirk alone decides. */
class ProfileTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x3000_0000;
    private static final long MAX = TestKernel.LIMITS.maxAddress();
    private static final int ANON = MAP_ANON | MAP_PRIVATE;
    private static final int FD = 0;

    @TempDir
    static Path root;

    private static Arguments row(Quirk quirk, int seed, int modern, String call, long... arguments) {
        return Arguments.of(quirk, seed, modern, call, arguments);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row(Quirk.EMPTY_MAPPING, 0, Errno.EINVAL, "mmap", 0, 0, 3, ANON, -1, 0),
                row(Quirk.UNKNOWN_BITS, 0, Errno.EINVAL, "mmap", 0, P, 0x13, ANON, -1, 0),
                row(Quirk.UNKNOWN_BITS, 0, Errno.EINVAL, "mmap", 0, P, 3, ANON | 0x100, -1, 0),
                row(Quirk.ANONYMOUS_POSITION, 0, Errno.EINVAL, "mmap", 0, P, 3, ANON, -1, P),
                row(Quirk.SHARING_UNCHECKED, 0, Errno.EINVAL, "mmap", 0, P, 1, MAP_SHARED | MAP_PRIVATE, FD, 0),
                row(Quirk.SHARING_UNCHECKED, 0, Errno.EINVAL, "mmap", 0, P, 1, 0, FD, 0),
                row(Quirk.PROTECTION_UNCHECKED, 0, Errno.EACCES, "mmap", 0, P, 5, MAP_PRIVATE, FD, 0),
                row(Quirk.POSITION_UNCHECKED, 0, Errno.EINVAL, "mmap", 0, P, 1, MAP_PRIVATE, FD, -P),
                row(Quirk.SEARCH_UPWARDS_ONLY, Errno.ENOMEM, 0, "mmap", MAX - P, 2 * P, 3, ANON, -1, 0),
                row(Quirk.UNMAP_WITHOUT_HOLES, Errno.EINVAL, 0, "munmap", A, 2 * P),
                row(Quirk.MSYNC_HOLE_INVALID, Errno.EINVAL, Errno.ENOMEM, "msync", A, 2 * P, 0),
                row(Quirk.MINCORE_DROPS_OFFSET, 0, Errno.ENOMEM, "mincore", A + 1, P, TEXT + 8),
                row(Quirk.LOCKS_INACCESSIBLE, 0, Errno.ENOMEM, "mlock", TEXT + P, P),
                row(Quirk.LOCKING_PRIVILEGED, Errno.EPERM, 0, "mlock", TEXT, P),
                row(Quirk.LOCKING_PRIVILEGED, Errno.EPERM, 0, "munlock", TEXT, P));
    }

    /** One mapped page at A, one at TEXT, one without access behind it, and a file from which nothing is executed. */
    private static void with(VmProfile profile, boolean superuser, java.util.function.Consumer<TestProcess> body)
            throws IOException {
        Files.write(root.resolve("file"), new byte[(int) P]);
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, P, 3, ANON | MAP_FIXED, -1, 0);
                process.ok("mmap", TEXT, P, 3, ANON | MAP_FIXED, -1, 0);
                process.ok("mmap", TEXT + P, P, 0, ANON | MAP_FIXED, -1, 0);
                assertEquals(FD, process.ok("open", process.string(TEXT, "/file"), 0, 0));
                process.files().get(FD).vnode().flags(Vnode.NOEXEC);
                kernel.vm.context().profile(profile);
                process.root = superuser;
                body.accept(process);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aQuirkDecides(Quirk quirk, int seed, int modern, String call, long[] arguments) throws IOException {
        boolean superuser = quirk != Quirk.LOCKING_PRIVILEGED;
        with(VmProfile.seed(), superuser, p -> assertEquals(seed, p.call(call, arguments), "seed"));
        with(VmProfile.seed().without(quirk), superuser, p -> assertEquals(modern, p.call(call, arguments), "without"));
        with(VmProfile.modern(), superuser, p -> assertEquals(modern, p.call(call, arguments), "modern"));
        with(VmProfile.modern().with(quirk), superuser, p -> assertEquals(seed, p.call(call, arguments), "with"));
    }

    @Test
    void aFailedFixedMappingLeavesWhatWasThere() throws IOException {
        Files.createDirectories(root.resolve("dir"));
        for (boolean seed : new boolean[] {true, false}) {
            with(seed ? VmProfile.seed() : VmProfile.modern(), true, process -> {
                long directory = process.ok("open", process.string(TEXT, "/dir"), 0, 0);
                assertEquals(Errno.EINVAL,
                        process.call("mmap", A, P, 1, MAP_PRIVATE | MAP_FIXED, directory, 0));
                assertEquals(seed, process.entry(A) == null);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void profilesAreSetsOfQuirks(Quirk quirk) {
        assertTrue(VmProfile.seed().has(quirk));
        assertEquals(quirk.kind() != Quirk.Kind.DEFECT, VmProfile.fixed().has(quirk));
        assertEquals(quirk.kind() == Quirk.Kind.LASTING, VmProfile.modern().has(quirk));
    }
}
