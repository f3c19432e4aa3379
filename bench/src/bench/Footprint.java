// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import userland.program.User;

/**
 * What a parked LWP takes: {@code Footprint COUNT} parks that many in one process and prints bytes of heap for
 * each, host microseconds for each, and the most memory this JVM ever had, in MiB.
 */
public final class Footprint {
    private static final int STACK_BYTES = 4096;
    private static final long BYTES_PER_KIB = 1024;

    private Footprint() {
    }

    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        BenchKernel kernel = new BenchKernel(BenchKernel.config());
        int[] parked = new int[1];
        kernel.spawn((user, argument) -> {
            long context = user.allocate(user.contextBytes());
            long stack = user.allocate(STACK_BYTES);
            user.makeContext(context, (own, nothing) -> {
                parked[0]++;
                own.park(User.FOREVER, 0);
            }, 0, stack, STACK_BYTES);
            long lid = user.allocate(Long.BYTES);
            kernel.endBatch();
            for (int i = 0; i < count; i++) {
                if (user.lwpCreate(context, 0, lid) != 0) {
                    throw new IllegalStateException("_lwp_create failed for LWP " + i + ": " + user.errno());
                }
                user.yield();
            }
            while (parked[0] < count) {
                user.yield();
            }
            kernel.endBatch();
        });
        kernel.run();
        long before = liveBytes();
        long start = System.nanoTime();
        kernel.run();
        long nanos = System.nanoTime() - start;
        long perLwp = (liveBytes() - before) / count;
        System.out.println(perLwp + " " + nanos / 1000.0 / count + " " + mostMebibytes());
        kernel.close();
    }

    private static long liveBytes() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Largest resident size of this JVM so far, from the host; -1 where it does not tell. */
    private static long mostMebibytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / BYTES_PER_KIB;
                }
            }
        } catch (IOException noSuchFile) {
            return -1;
        }
        return -1;
    }
}
