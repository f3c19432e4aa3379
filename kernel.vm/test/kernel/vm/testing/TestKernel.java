// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import java.nio.file.Path;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.sleep.Sleep;
import kernel.vm.file.FileTable;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmSpace;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.system.VmSystem;
import machine.core.context.ExecutionContext;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.RunLimit;
import machine.core.mmu.TlbGeometry;

/** A memory layer on the made-up machine, whose single CPU runs the code of a test. */
public final class TestKernel implements AutoCloseable {
    /** The stack grows by this much. */
    public static final long GROW_BYTES = 128 << 10;

    public static final VmLimits LIMITS = new VmLimits(0, TestFormat.MAX_ADDRESS, 64, false, GROW_BYTES);

    private static final long MEMORY_BYTES = 16L << 20;
    private static final long SWAP_BYTES = 16L << 20;

    public final Engine engine;
    public final VmSystem vm;
    private TestProcess current;
    private int lastPid;

    public TestKernel(long memoryBytes, Path fileRoot) {
        this(memoryBytes, fileRoot, SWAP_BYTES);
    }

    /** A kernel with a swap device of this size. */
    public TestKernel(long memoryBytes, Path fileRoot, long swapBytes) {
        this(EngineConfig.standard().withMemoryBytes(memoryBytes), fileRoot, LIMITS, swapBytes);
    }

    /** A kernel with a certain seed. */
    public TestKernel(long seed) {
        this(EngineConfig.standard().withMemoryBytes(MEMORY_BYTES).withSeed(seed), null, LIMITS, SWAP_BYTES);
    }

    /** A kernel whose machine has these user addresses. */
    public TestKernel(VmLimits limits) {
        this(EngineConfig.standard().withMemoryBytes(MEMORY_BYTES), null, limits, SWAP_BYTES);
    }

    /** A kernel of a certain size with files, whose machine has these user addresses. */
    public TestKernel(long memoryBytes, Path fileRoot, VmLimits limits) {
        this(EngineConfig.standard().withMemoryBytes(memoryBytes), fileRoot, limits, SWAP_BYTES);
    }

    private TestKernel(EngineConfig config, Path fileRoot, VmLimits limits, long swapBytes) {
        engine = new Engine(config);
        Dispatcher dispatcher = new Dispatcher(engine, CostTable.generic());
        vm = new VmSystem(engine, new Sleep(dispatcher), fileRoot, swapBytes);
        vm.plug(module(), CostTable.generic(), limits);
        Policies.plug(vm, "twoqueue");
        vm.context().profile(VmProfile.fixed());
        engine.cpu(0).mmu().install(new TestFormat(), new TlbGeometry(64, 4, 0, false), CostTable.generic());
    }

    public TestKernel() {
        this(MEMORY_BYTES, null);
    }

    /** Another pmap module for this kernel. */
    public TestPmapModule module() {
        return new TestPmapModule(vm.pmapHost(CostTable.generic()));
    }

    /** Runs code on the CPU until it ends. */
    public void on(Runnable body) {
        Throwable[] failure = new Throwable[1];
        ExecutionContext context = engine.contexts().create(() -> {
            try {
                body.run();
            } catch (Throwable thrown) {
                failure[0] = thrown;
            }
        });
        engine.cpu(0).switchTo(context);
        engine.run(RunLimit.none());
        if (failure[0] instanceof Error error) {
            throw error;
        }
        if (failure[0] != null) {
            throw new AssertionError(failure[0]);
        }
        if (engine.panic() != null) {
            throw new AssertionError("the kernel panicked", engine.panic());
        }
    }

    /** A new process with an empty address space. */
    public TestProcess process() {
        return adopt(vm.spaces().create(), vm.files().newTable());
    }

    TestProcess adopt(VmSpace space, FileTable files) {
        TestProcess process = new TestProcess(this, ++lastPid, space, files);
        space.limits(process);
        return process;
    }

    /** Makes a process the one that the CPU runs. */
    void run(TestProcess process) {
        if (current != process) {
            if (current != null) {
                current.vmspace().deactivate(engine.cpu(0));
            }
            process.vmspace().activate(engine.cpu(0));
            current = process;
        }
    }

    void leave(TestProcess process) {
        if (current == process) {
            process.vmspace().deactivate(engine.cpu(0));
            current = null;
        }
    }

    /** How many pages are in use, page tables included. */
    public int pagesInUse() {
        PagePool pages = vm.pages();
        return pages.frames() - 1 - pages.free().size();
    }

    @Override
    public void close() {
        engine.close();
    }
}
