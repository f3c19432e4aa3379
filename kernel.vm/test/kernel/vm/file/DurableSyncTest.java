// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What msync(MS_SYNC), fsync or write wrote is in the host file although the virtual machine was killed right after. */
class DurableSyncTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"msync", "fsync", "write"})
    void survivesTheKill(String call) throws Exception {
        Path file = Files.write(root.resolve("data"), new byte[SyncAndWait.PAGES * 4096]);
        Process child = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                "--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), SyncAndWait.class.getName(), root.toString(), call)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = child.inputReader()) {
            assertEquals(SyncAndWait.DONE, out.readLine());
        } finally {
            child.destroyForcibly();
        }
        child.waitFor(1, TimeUnit.MINUTES);
        assertNotEquals(0, child.exitValue(), "killed");
        check(file);
    }

    private static void check(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SyncAndWait.PAGES; i++) {
            assertEquals(SyncAndWait.VALUE + i, bytes.getLong(i * 4096), "page " + i);
        }
    }
}
