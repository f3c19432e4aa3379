// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.sleep.Sleep;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import kernel.vm.call.VmCalls;
import kernel.vm.file.FileTable;
import kernel.vm.map.VmSpace;
import kernel.vm.syscall.Caller;
import kernel.vm.syscall.Resource;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;
import kernel.vm.system.VmSystem;
import machine.core.context.ContextHosts;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.mmu.TlbGeometry;
import machine.core.slot.FixedVariants;

/** One process with many LWPs on several CPUs, under a real scheduler. */
public final class SharedProcess implements Caller, AutoCloseable {
    public final Engine engine;
    public final VmSystem vm;
    private final Dispatcher dispatcher;
    private final VmSpace space;
    private final FileTable files;
    private int lids;
    private int alive;

    /** A process without files. */
    public SharedProcess(int cpus, long seed) {
        this(cpus, seed, null);
    }

    /** A process that sees a host directory as its root. */
    public SharedProcess(int cpus, long seed, Path root) {
        engine = new Engine(new EngineConfig(cpus, 16L << 20, seed, 0, ContextHosts.preferred()));
        dispatcher = new Dispatcher(engine, CostTable.generic());
        plugScheduler();
        vm = new VmSystem(engine, new Sleep(dispatcher), root, 0);
        Policies.plug(vm, "twoqueue");
        vm.plug(new TestPmapModule(vm.pmapHost(CostTable.generic())), CostTable.generic(), TestKernel.LIMITS);
        for (int id = 0; id < cpus; id++) {
            engine.cpu(id).mmu().install(new TestFormat(), new TlbGeometry(64, 4, 0, false), CostTable.generic());
        }
        space = vm.spaces().create();
        files = vm.files().newTable();
    }

    private void plugScheduler() {
        Policies.plug(dispatcher.slot(), new FixedVariants().add("sched", "4bsd", FourBsd::new).acquire("sched", "4bsd"));
    }

    /** What an LWP does. */
    public interface Work {
        void run(Lwp lwp);
    }

    /** One LWP. */
    public final class Lwp extends Task {
        public final UserMemory memory = vm.userMemory(space);
        private final SyscallFrame frame = new SyscallFrame(this, SharedProcess.this, memory);
        private final int lid = ++lids;

        /** Makes a system call; its errno. */
        public int call(String name, long... arguments) {
            frame.begin();
            for (int i = 0; i < arguments.length; i++) {
                frame.set(i, arguments[i]);
            }
            int error = VmCalls.named(name).handler().call(frame);
            boundary();
            return error;
        }

        /** Stores a string in user memory; its address back. */
        public long string(long address, String text) {
            byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
            memory.copyout(bytes, 0, bytes.length, address);
            return address;
        }

        public long result() {
            return frame.result();
        }

        /** Where user code gives way. */
        public void boundary() {
            boundary(50);
        }

        /** Works for some time and gives way. */
        public void boundary(long nanos) {
            Cpu cpu = engine.current();
            if (cpu.chargeUser(nanos)) {
                cpu.clearAst();
                dispatcher.preempt();
            }
        }

        @Override
        public int pid() {
            return 1;
        }

        @Override
        public int lid() {
            return lid;
        }

        @Override
        public void switchedIn(Cpu on) {
            space.activate(on);
        }

        @Override
        public void switchedOut(Cpu from) {
            space.deactivate(from);
        }
    }

    /** Starts an LWP. */
    public void start(Work work) {
        Lwp lwp = new Lwp();
        alive++;
        dispatcher.register(lwp, null, () -> {
            work.run(lwp);
            alive--;
            lwp.become(TaskState.LSZOMB);
            dispatcher.exit();
        });
        dispatcher.setRunnable(lwp);
    }

    /** How many LWPs have not ended. */
    public int alive() {
        return alive;
    }

    @Override
    public int pid() {
        return 1;
    }

    @Override
    public int uid() {
        return 0;
    }

    @Override
    public boolean superuser() {
        return true;
    }

    @Override
    public long limit(Resource resource) {
        return Resource.INFINITY;
    }

    @Override
    public long hardLimit(Resource resource) {
        return resource == Resource.DATA ? TestProcess.HEAP_END : Resource.INFINITY;
    }

    @Override
    public VmSpace vmspace() {
        return space;
    }

    @Override
    public FileTable files() {
        return files;
    }

    @Override
    public void protectFromReclaim() {
    }

    @Override
    public void close() {
        engine.close();
    }
}
