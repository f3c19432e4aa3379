// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MS_SYNC;

import java.io.IOException;
import java.nio.file.Path;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;

/** The program of a host process that {@link DurableSyncTest} kills: writes through a mapping, syncs, says so, waits. */
final class SyncAndWait {
    static final long VALUE = 0x1122_3344_5566_7788L;
    static final int PAGES = 3;
    static final String DONE = "synced";

    private SyncAndWait() {}

    /** Arguments: the root, in which the file {@code data} is, and the call that makes the data safe. */
    public static void main(String[] args) throws IOException {
        try (TestKernel kernel = new TestKernel(16L << 20, Path.of(args[0]))) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                long text = process.ok("mmap", 0x3000_0000, 4096, 3, MAP_ANON | MAP_FIXED, -1, 0);
                long fd = process.ok("open", process.string(text, "/data"), 2, 0);
                long at = process.ok("mmap", 0, PAGES * 4096L, 3, MAP_SHARED, fd, 0);
                for (int i = 0; i < PAGES; i++) {
                    if (args[1].equals("write")) {
                        process.poke(text, VALUE + i);
                        process.ok("lseek", fd, i * 4096L, 0);
                        process.ok("write", fd, text, 8);
                    } else {
                        process.poke(at + i * 4096L, VALUE + i);
                    }
                }
                switch (args[1]) {
                    case "msync" -> process.ok("msync", at, PAGES * 4096L, MS_SYNC);
                    case "fsync" -> process.ok("fsync", fd);
                    default -> { }
                }
                System.out.println(DONE);
                waitForever();
            });
        }
    }

    /** Ends when the parent closes the input, or kills this process. */
    private static void waitForever() {
        try {
            System.in.read();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
