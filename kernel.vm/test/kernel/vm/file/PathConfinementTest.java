// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.sched.errno.Errno;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No name reaches a file outside of the root. */
class PathConfinementTest {
    private static final long TEXT = 0x0300_0000;

    @TempDir
    Path temp;
    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectories(temp.resolve("root"));
        Files.writeString(temp.resolve("secret"), "secret");
        Files.createDirectories(root.resolve("dir"));
        Files.writeString(root.resolve("dir/file"), "inside");
        Files.createSymbolicLink(root.resolve("out"), temp.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), temp);
        Files.createSymbolicLink(root.resolve("in"), root.resolve("dir/file"));
        Files.createSymbolicLink(root.resolve("dangling"), temp.resolve("nothing"));
    }

    private int open(String path, int flags) {
        int[] error = new int[1];
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, 4096, 3, MAP_ANON | MAP_FIXED, -1, 0);
                error[0] = process.call("open", process.string(TEXT, path), flags, 0);
            });
        }
        return error[0];
    }

    @ParameterizedTest
    @CsvSource({
        "/dir/file, 0", "dir/file, 0", "//dir///file, 0", "dir/../dir/./file, 0", "in, 0",
        "../secret, 13", "/../secret, 13", "dir/../../secret, 13", "out, 13", "up/secret, 13", "up/new, 13",
        "dangling, 2", "missing, 2", "dir/missing, 2", "missing/file, 2", "'', 2", "dir/file/x, 20"
    })
    void names(String path, int errno) {
        assertEquals(errno, open(path, OpenFlags.READ_ONLY));
    }

    @Test
    void hostPathsNameNothing() {
        assertEquals(Errno.ENOENT, open(temp.resolve("secret").toString(), 0));
        assertEquals(Errno.ENOENT, open(root.resolve("dir/file").toString(), 0));
    }

    @ParameterizedTest
    @CsvSource({"../made, 13", "up/made, 13", "dangling, 2", "made, 0"})
    void creation(String path, int errno) {
        assertEquals(errno, open(path, OpenFlags.CREATE | OpenFlags.READ_WRITE));
        assertEquals(errno == 0, Files.exists(root.resolve("made")));
        assertTrue(Files.notExists(temp.resolve("made")));
        assertTrue(Files.notExists(temp.resolve("nothing")));
    }

    @ParameterizedTest
    @CsvSource({"/dir, 2, 21", "/dir, 0, 0", "/dir/file, 0xA00, 17", "/dir/file, 3, 22"})
    void kindsAndFlags(String path, String flags, int errno) {
        assertEquals(errno, open(path, Integer.decode(flags)));
    }

    @Test
    void unlinkStaysInside() {
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, 4096, 3, MAP_ANON | MAP_FIXED, -1, 0);
                assertEquals(Errno.EACCES, process.call("unlink", process.string(TEXT, "../secret")));
                assertEquals(Errno.EPERM, process.call("unlink", process.string(TEXT, "dir")));
                assertEquals(Errno.ENOENT, process.call("unlink", process.string(TEXT, "missing")));
                assertEquals(0, process.call("unlink", process.string(TEXT, "dir/file")));
            });
        }
        assertTrue(Files.exists(temp.resolve("secret")));
        assertTrue(Files.notExists(root.resolve("dir/file")));
    }

    @Test
    void withoutARootThereAreNoFiles() {
        try (TestKernel kernel = new TestKernel(16L << 20, null)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, 4096, 3, MAP_ANON | MAP_FIXED, -1, 0);
                assertEquals(Errno.ENOENT, process.call("open", process.string(TEXT, "/x"), 0, 0));
            });
        }
    }
}
