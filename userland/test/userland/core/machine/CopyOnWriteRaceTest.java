// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.proc.Proc;
import kernel.lwp.r184.Revision184;
import kernel.sched.fourbsd.FourBsd;
import kernel.vm.map.MapIndexKind;
import kernel.vm.object.VmProfile;
import kernel.vm.twoqueue.TwoQueue;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.InvalidationBatch;
import kernel.vm.radix.RadixPmap;
import kernel.vm.radix.RadixPmapModule;
import kernel.vm.radix.TlbControl;
import machine.arm.aarch64.Aarch64Machine;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import machine.core.slot.FixedVariants;
import machine.x86.amd64.Amd64Machine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.process.Spawner;
import userland.program.Program;
import userland.program.User;
import userland.pthread.Pthread;

/**
 * The copy-on-write race of several threads: one writes a page for the first time after a fork, the others must not go on
 * reading the page from before once they know that it was written.
 */
class CopyOnWriteRaceTest {
    private static final int STALE = 9;

    /** A machine that leaves out invalidations when it is told to. */
    private record Careless(Machine real, AtomicBoolean careless) implements Machine {
        @Override
        public PmapModule pmapModule(PmapHost host) {
            RadixPmapModule module = (RadixPmapModule) real.pmapModule(host);
            return new RadixPmapModule(host, module.format(), new Invalidation(module.tlb(), careless),
                    module.capabilities(), module.addressLimit());
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public MachineLimits limits() {
            return real.limits();
        }

        @Override
        public CostTable costs() {
            return real.costs();
        }

        @Override
        public TlbGeometry tlb() {
            return real.tlb();
        }

        @Override
        public Walker walker() {
            return real.walker();
        }

        @Override
        public UserContextCodec contexts() {
            return real.contexts();
        }

        @Override
        public SignalFrames signalFrames() {
            return real.signalFrames();
        }

        @Override
        public TrapAbi traps() {
            return real.traps();
        }

        @Override
        public int wordBits() {
            return real.wordBits();
        }
    }

    /** TLB maintenance that can be left out. */
    private record Invalidation(TlbControl real, AtomicBoolean careless) implements TlbControl {
        @Override
        public int tagWords() {
            return real.tagWords();
        }

        @Override
        public int batchPages() {
            return real.batchPages();
        }

        @Override
        public boolean defers() {
            return real.defers();
        }

        @Override
        public void activate(RadixPmap pmap, Cpu cpu) {
            real.activate(pmap, cpu);
        }

        @Override
        public void deactivate(RadixPmap pmap, Cpu cpu) {
            real.deactivate(pmap, cpu);
        }

        @Override
        public boolean invalidate(RadixPmap pmap, InvalidationBatch batch) {
            return !careless.get() && real.invalidate(pmap, batch);
        }

        @Override
        public void release(RadixPmap pmap) {
            real.release(pmap);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private static Kernel boot(String name, AtomicBoolean careless) {
        Supplier<Machine> real = name.equals("amd64") ? Amd64Machine::new : Aarch64Machine::new;
        FixedVariants variants = new FixedVariants()
                .add("machine", name, () -> new Careless(real.get(), careless))
                .add("lwp", "1.84", Revision184::new)
                .add("sched", "4bsd", FourBsd::new)
                .add("mapindex", "chunks", MapIndexKind::chunks)
                .add("pageout", "twoqueue", TwoQueue::new)
                .add("vm", "seed", VmProfile::seed);
        return Kernel.boot(KernelConfig.standard().withMachine(name).withCpus(3), variants, Kernel.standardCalls());
    }

    /** @param atTheWrite what is done just before the page is written */
    private record Body(Runnable atTheWrite) implements Program {
        @Override
        public String name() {
            return "race";
        }

        @Override
        public String description() {
            return "reads a page while another thread writes it for the first time after a fork";
        }

        @Override
        public int main(User user, String[] arguments) {
            long page = user.mmap(0, 4096, 3, 0x1002, -1, 0);
            long flag = user.mmap(0, 4096, 3, 0x1001, -1, 0);
            user.store32(page, 1);
            user.store32(flag, 0);
            int child = user.fork((childUser, argument) -> childUser.sleepUntil(50_000_000L));
            Pthread pthread = user.pthread();
            long[] readers = new long[2];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = pthread.threads().create(user, (reader, argument) -> read(reader, page, flag), i);
            }
            user.compute(2_000_000);
            atTheWrite.run();
            user.store32(page, 2);
            user.store32(flag, 1);
            for (long reader : readers) {
                pthread.threads().join(user, reader);
            }
            user.kill(child, 9);
            return user.load32(flag + 8) == 0 ? 0 : STALE;
        }

        private static void read(User user, long page, long flag) {
            while (user.load32(flag) == 0) {
                user.load32(page);
                user.compute(1000);
            }
            if (user.load32(page) != 2) {
                user.store32(flag + 8, 1);
            }
        }
    }

    private static String run(String machine, boolean careless, boolean watched) {
        AtomicBoolean leftOut = new AtomicBoolean();
        try (Kernel kernel = boot(machine, leftOut)) {
            kernel.watchTlbs(watched);
            Body body = new Body(() -> leftOut.set(careless));
            Proc process = Spawner.spawn(kernel, body, List.of(), 0, line -> { });
            RunOutcome outcome = kernel.run(RunLimit.until(1_000_000_000L));
            return outcome.reason() == RunOutcome.Reason.PANICKED ? outcome.message()
                    : kernel.ask(engine -> Integer.toString(process.exitStatus()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void nobodyReadsTheOldPageOnceTheNewOneWasSeen(String machine) {
        assertEquals("0", run(machine, false, false));
        assertEquals("0", run(machine, false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void withoutInvalidationSomebodyDoes(String machine) {
        assertEquals(String.valueOf(STALE), run(machine, true, false));
        String noticed = run(machine, true, true);
        assertTrue(noticed.contains("stale translation") || noticed.contains("break-before-make"), noticed);
    }
}
