// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** Keeps two builds of one work tree from writing the same files; the second waits for the first. */
final class BuildLock {
    private final Path file;

    BuildLock(Path root) {
        this.file = root.resolve("cnf/cache/lock");
    }

    <T> T during(Callable<T> work) throws Exception {
        Files.createDirectories(file.getParent());
        // Closing the channel gives the lock back; so does the end of the JVM, however it ends.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            take(channel);
            return work.call();
        }
    }

    private static FileLock take(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            Log.info("waiting for another build of this work tree");
            lock = channel.lock();
        }
        return lock;
    }
}
