// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import userland.program.User;

/** What calls and faults cost that do something for every resident page of a range. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PageCalls {
    static final int PAGES = 1024;
    static final long BYTES = PAGES * 4096L;

    private static final int READ = 1;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE = 2;
    private static final int PRIVATE_ANON = 0x1002;
    private static final int CREATE = 0x202;

    private BenchKernel kernel;

    /** What is done again and again between two batches. */
    private interface Work {
        void batch(User user, long area);
    }

    private void start(Work work) {
        if (kernel != null) {
            return;
        }
        kernel = new BenchKernel(BenchKernel.config());
        kernel.spawn((user, argument) -> {
            long area = user.mmap(0, BYTES, READ_WRITE, PRIVATE_ANON, -1, 0);
            touch(user, area);
            while (true) {
                kernel.endBatch();
                work.batch(user, area);
            }
        });
        kernel.run();
    }

    private static void touch(User user, long area) {
        for (long at = area; at < area + BYTES; at += 4096) {
            user.store8(at, 1);
        }
    }

    /** One page of mincore. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void mincore() {
        start((user, area) -> user.syscall("mincore", area, BYTES, area));
        kernel.run();
    }

    /** One page made read-only and writable again; the pages stay mapped. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void mprotect() {
        start((user, area) -> {
            user.mprotect(area, BYTES, READ);
            user.mprotect(area, BYTES, READ_WRITE);
        });
        kernel.run();
    }

    /** One write to a page of a private mapping of a memory file, which is mapped and unmapped with the batch. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void copyOnWrite() {
        start((user, area) -> {
            user.store8(area, 'm');
            user.store8(area + 1, 0);
            long fd = user.syscall("shm_open", area, CREATE, 0);
            user.syscall("ftruncate", fd, BYTES);
            long copy = user.mmap(0, BYTES, READ_WRITE, PRIVATE, (int) fd, 0);
            touch(user, copy);
            user.munmap(copy, BYTES);
            user.syscall("close", fd);
        });
        kernel.run();
    }

    /** One resident page of a process that forks; the child exits at once. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public void fork() {
        start((user, area) -> {
            int child = user.fork((own, argument) -> own.exit(0));
            user.waitChild(child, 0);
        });
        kernel.run();
    }

    @TearDown
    public void close() {
        kernel.close();
    }
}
