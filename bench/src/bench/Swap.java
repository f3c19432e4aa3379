// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import userland.program.User;
import userland.pthread.Threads;

/** A slot goes to and fro between two variants, under 10,000 runnable LWPs or 10,000 resident pages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Swap {
    private static final int COUNT = 10_000;
    private static final long PAGE_BYTES = 4096;
    private static final int PRIVATE_ANON = 0x1002;

    @Param({"sched", "machine"})
    public String slot;

    private BenchKernel kernel;
    private List<SwapRequest> there;
    private List<SwapRequest> back;
    private boolean away;
    private SwapReport last;

    @Setup(Level.Trial)
    public void fill() {
        boolean sched = slot.equals("sched");
        there = List.of(new SwapRequest(slot, sched ? "m2" : "aarch64"));
        back = List.of(new SwapRequest(slot, sched ? "4bsd" : "amd64"));
        kernel = new BenchKernel(BenchKernel.config());
        kernel.spawn((user, argument) -> {
            if (sched) {
                makeRunnable(user);
            } else {
                touchForEver(user);
            }
            kernel.endBatch();
        });
        kernel.runPosted();
    }


    private static void makeRunnable(User user) {
        Threads threads = user.pthread().threads();
        long attributes = user.allocate(Threads.ATTR_BYTES);
        threads.attrInit(user, attributes);
        // So many guards would be more mappings than a process may have.
        threads.attrSetGuardSize(user, attributes, 0);
        for (int i = 0; i < COUNT; i++) {
            threads.create(user, attributes, (own, argument) -> {
                while (true) {
                    own.compute(1_000_000);
                }
            }, 0);
        }
    }

    /** Page tables are a cache: after each swap the pages have to be touched again. */
    private void touchForEver(User user) {
        long area = user.mmap(0, COUNT * PAGE_BYTES, 3, PRIVATE_ANON, -1, 0);
        while (true) {
            for (int i = 0; i < COUNT; i++) {
                user.store8(area + i * PAGE_BYTES, 1);
            }
            kernel.endBatch();
        }
    }

    @Setup(Level.Invocation)
    public void touch() {
        if (slot.equals("machine")) {
            kernel.runPosted();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        if (!last.committed() || slot.equals("sched") && last.changes().getFirst().moved() < COUNT) {
            throw new IllegalStateException("not what was to be measured: " + last);
        }
        kernel.close();
    }

    /** One swap, as a command asks for it. */
    @Benchmark
    public SwapReport swap() {
        away = !away;
        last = kernel.kernel().swap(away ? there : back);
        return last;
    }
}
